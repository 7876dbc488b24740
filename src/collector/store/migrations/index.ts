import type { Migration } from '../migrate.ts';
import { events } from './001-events.ts';
import { rollups } from './002-rollups.ts';
import { log } from './003-log.ts';
import { moveEvents } from './004-move-events.ts';
import { users } from './005-users.ts';
import { dropped } from './006-dropped.ts';

/** In the order in which they are applied. Append only: a database remembers how many it has had. */
export const migrations: readonly Migration[] = [events, rollups, log, moveEvents, users, dropped];
