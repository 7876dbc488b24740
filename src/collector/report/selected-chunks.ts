import { COMMAND_EVENT } from '../../protocol/report.ts';
import { ENVIRONMENTS, type Environment } from '../environment.ts';
import { KINDS } from '../kinds.ts';
import type { Activity } from '../store/activity.ts';
import type { Chunk } from '../store/rollup/chunk.ts';

/** Which reports count. */
export interface Selection {
  environments: readonly Environment[];
  /** Non-zero at the id of each user whose reports from this environment don't count. */
  leftOut(environment: Environment): Uint8Array;
}

/** The chunks that the selection lets through, with the users of each who don't count. */
export function* selectedChunks(activity: Activity, selection: Selection): Generator<[Chunk, Uint8Array]> {
  for (const chunk of activity.chunks) {
    const environment = ENVIRONMENTS[chunk.environment] as Environment;
    if (chunk.kind === KINDS[COMMAND_EVENT] && selection.environments.includes(environment)) {
      yield [chunk, selection.leftOut(environment)];
    }
  }
}
