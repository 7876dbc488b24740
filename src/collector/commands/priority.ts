import { constants, setPriority } from 'node:os';

/** Whatever this process does from now on, receiving comes first: a report can wait, a sender has ten seconds. */
export function yieldToReceiving(): void {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}
