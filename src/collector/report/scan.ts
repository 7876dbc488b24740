import { COMMAND_EVENT } from '../../protocol/report.ts';
import { ENVIRONMENTS, type Environment } from '../environment.ts';
import { KINDS } from '../store/event.ts';
import { type Chunk, SLOTS_PER_DAY } from '../store/rollup/chunk.ts';
import type { Activity, Selection, Visit } from './activity.ts';

/** The chunks that the selection lets through, with the persons of each who don't count. */
export function* selectedChunks(activity: Activity, selection: Selection): Generator<[Chunk, Uint8Array]> {
  for (const chunk of activity.chunks) {
    const environment = ENVIRONMENTS[chunk.environment] as Environment;
    if (chunk.kind === KINDS[COMMAND_EVENT] && selection.environments.includes(environment)) {
      yield [chunk, selection.leftOut(environment)];
    }
  }
}

/**
 * Visits every report of a command that the selection lets through and that was received in `[from, to)`
 * (quarter hours; all times if not given), in no particular order.
 */
export function scanCommands(
  activity: Activity,
  selection: Selection,
  visit: Visit,
  from = 0,
  to = Number.POSITIVE_INFINITY,
): void {
  for (const [chunk, leftOut] of selectedChunks(activity, selection)) {
    const midnight = chunk.day * SLOTS_PER_DAY;
    if (midnight >= to || midnight + SLOTS_PER_DAY <= from) continue;
    const isWhole = midnight >= from && midnight + SLOTS_PER_DAY <= to;
    const inside: Visit = (slot, person, project, shape) => {
      if (slot >= from && slot < to) visit(slot, person, project, shape);
    };
    scanChunk(chunk, leftOut, isWhole ? visit : inside);
  }
}

function scanChunk(chunk: Chunk, leftOut: Uint8Array, visit: Visit): void {
  const { slot, person, project, shape, rows } = chunk;
  const midnight = chunk.day * SLOTS_PER_DAY;
  for (let row = 0; row < rows; row += 1) {
    const who = person[row] as number;
    if (leftOut[who] !== 0) continue;
    visit(midnight + (slot[row] as number), who, project[row] as number, shape[row] as number);
  }
}
