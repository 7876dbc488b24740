import type { Migration } from '../migrate.ts';
import { events } from './001-events.ts';

/** In the order in which they are applied. Append only: a database remembers how many it has had. */
export const migrations: readonly Migration[] = [events];
