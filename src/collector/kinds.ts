import { COMMAND_EVENT, INSTALL_EVENT, NPM_INSTALL_EVENT } from '../protocol/report.ts';

/** Event name on the wire → its number in the store. The numbers are part of the file format and never change. */
export const KINDS = { [COMMAND_EVENT]: 0, [INSTALL_EVENT]: 1, [NPM_INSTALL_EVENT]: 2 } as const;

/** An event name that is stored at all. */
export type EventName = keyof typeof KINDS;

/** An event name's number in the store. */
export type Kind = (typeof KINDS)[EventName];
