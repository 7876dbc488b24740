/** The real Wasp, as found on this machine. */
export interface Wasp {
  /** The absolute path of what is executed. */
  readonly file: string;
  /** What its own launcher sets `waspc_datadir` to; undefined if `file` is itself a launcher, or nothing is known. */
  readonly dataDirectory?: string;
  /** Where it was found, for people. */
  readonly foundIn: string;
  /** Its version as far as it can be told without running it. */
  readonly version?: string;
}
