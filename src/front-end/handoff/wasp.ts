/** The real Wasp, as found on this machine. */
export interface Wasp {
  /** The absolute path of what is executed. */
  readonly file: string;
  /** What its own launcher sets `waspc_datadir` to; undefined if `file` is itself a launcher, or nothing is known. */
  readonly dataDirectory?: string;
  /** Where it was found, for the user to read. */
  readonly foundIn: string;
  /** Its version as far as it can be told without running it. */
  readonly version?: string;
}

/** What the search for the real Wasp may take, and what it did not take. */
export interface Search {
  /** The user ids whose programs may be run; undefined on a platform without such. */
  readonly users: readonly number[] | undefined;
  /** Has this file, told by its identity, been run already in this chain of programs (chain.ts)? */
  readonly isTried: (identity: string) => boolean;
  /** Has it been, as far as can be told where the list of them was lost (lost-chain.ts)? */
  readonly isLost: (file: string) => boolean;
  /** Is a program that lies in a Wasp project out of the question? */
  readonly outsideProjects: boolean;
  /** What lies where a Wasp is looked for and isn't taken: a sentence each, with the reason. */
  readonly passedOver: string[];
}
