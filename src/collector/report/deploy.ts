/** What `deploy_cmd_args` says about one run of `wasp deploy`. */
export interface Deploy {
  target: string;
  /** False for preparations: `setup`, `create-db`, `cmd`. */
  puts: boolean;
}

/** Hosting services that `wasp deploy` knows by name. */
export const TARGETS = ['fly', 'railway'] as const;
export const STEPS_THAT_PUT = ['deploy', 'launch'];
export const STEPS_THAT_PREPARE = ['setup', 'create-db', 'cmd'];

/**
 * `fly;deploy` → to fly, puts an app there; `fly;setup` → prepares only; `fly` alone is what Wasp reports of
 * `wasp deploy fly launch`, which does everything, so it puts. So does
 * a host alone that is not known by name yet. Empty, as for any other command: undefined.
 */
export function deployOf(words: string): Deploy | undefined {
  if (words === '') return undefined;
  const list = words.split(';');
  const target = TARGETS.find((name) => list.includes(name)) ?? 'other';
  const puts =
    list.some((word) => STEPS_THAT_PUT.includes(word)) ||
    !list.some((word) => STEPS_THAT_PREPARE.includes(word));
  return { target, puts };
}
