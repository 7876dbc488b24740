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
export async function showNotice(host: Host, directories: Directories, choice: Choice): Promise<void> {
  const file = choiceFile(directories);
  if (!file) return;
  const notice = await noticeFor(host.columns(2));
  writeChoice(host, file, { ...choice, noticeShown: NOTICE_DATE });
  host.write(2, notice);
}

/** The notice for a terminal of so many columns: in a narrow one, what stands side by side goes one below the other. */
export async function noticeFor(columns = Number.POSITIVE_INFINITY): Promise<string> {
  const lines = NOTICE.trimEnd().split('\n');
  if (lines.every((line) => line.length <= columns)) return NOTICE;
  const { wrapColumns } = await import('../../protocol/columns.ts');
  const wrap = (indent: string, text: string) =>
    wrapColumns(text, Math.max(columns - indent.length, 1)).map((line) => `${indent}${line}\n`);
  const isRow = (line: string) => line.startsWith(' ');
  const rows = lines.filter(isRow).flatMap((line) => {
    const [label = '', ...rest] = line.trim().split(/ {2,}/);
    return [...wrap('  ', label), ...rest.flatMap((text) => wrap('    ', text))];
  });
  return [...wrap('', lines.filter((line) => !isRow(line)).join(' ')), ...rows].join('');
}
