import type { Directories, Host } from '../host/host.ts';
import { type Choice, choiceFile, writeChoice } from './choice.ts';

/** When what is sent last changed. A new date shows the notice to everyone once more. */
export const NOTICE_DATE = '2026-11-22';

/** At most five lines, so that it is read. */
export const NOTICE = `Wasp counts how often it is used, to know what to work on: anonymously, and at
most two reports per project in 12 hours. This command sends nothing.
  See what would be sent:  wasp telemetry show
  Turn it off:             wasp telemetry disable  (or set DO_NOT_TRACK=1)
`;

/** Shows the notice, once it is sure that it won't be shown again: where that can't be remembered, nothing is said. */
export function showNotice(host: Host, directories: Directories, choice: Choice): void {
  const file = choiceFile(directories);
  if (!file) return;
  writeChoice(host, file, { ...choice, noticeShown: NOTICE_DATE });
  host.write(2, NOTICE);
}
