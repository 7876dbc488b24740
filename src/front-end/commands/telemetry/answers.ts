/** One part of the executable for all answers: what a run does not need, it does not load. */
export { disable, enable } from './choose.ts';
export { printLog } from './log.ts';
export { reset } from './reset.ts';
export { printPreview } from './show.ts';
export { printStatus } from './status.ts';
