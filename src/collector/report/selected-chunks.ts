import { COMMAND_EVENT } from '../../protocol/report.ts';
import { ENVIRONMENTS, type Environment } from '../environment.ts';
import { KINDS } from '../kinds.ts';
import type { Chunk } from '../store/rollup/chunk.ts';
import type { Activity, Selection } from './activity.ts';

/** The chunks that the selection lets through, with the persons of each who don't count. */
export function* selectedChunks(activity: Activity, selection: Selection): Generator<[Chunk, Uint8Array]> {
  for (const chunk of activity.chunks) {
    const environment = ENVIRONMENTS[chunk.environment] as Environment;
    if (chunk.kind === KINDS[COMMAND_EVENT] && selection.environments.includes(environment)) {
      yield [chunk, selection.leftOut(environment)];
    }
  }
}
