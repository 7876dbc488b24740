/**
 * `npm run docs`: fills in the parts of the docs that the code knows better. `npm run check` runs it with --check, which
 * writes nothing and fails if a file is not up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { NOTICE } from '../src/front-end/telemetry/notice.ts';
import { PAUSE, RETRY_AFTER } from '../src/front-end/telemetry/slot.ts';
import { DEFAULT_URL, DEPLOY_WORDS, REPORT_KEYS } from '../src/protocol/report.ts';
import { CHOICE_CASES } from '../test/support/choice-cases.ts';
import { drawRooms } from './check/dependencies.ts';
import { path } from './paths.ts';

const HOUR = 60 * 60 * 1000;

const KEYS = table(
  ['Key', 'What it is'],
  Object.entries(REPORT_KEYS).map(([key, meaning]) => [`\`${key}\``, meaning]),
);
const NUMBERS = table(
  ['What', 'Value'],
  [
    ['Destination', `\`${DEFAULT_URL}\``],
    ['Pause after a report', `${PAUSE / HOUR} hours`],
    ['Pause after an attempt of which nothing left this machine', `${RETRY_AFTER / 60_000} minutes`],
    ['Words of `wasp deploy` that may be reported', DEPLOY_WORDS.map((word) => `\`${word}\``).join(', ')],
  ],
);
// test/e2e/choice.test.ts tries each row.
const CHOICES = table(
  ['What is there', 'Sent', 'What `wasp telemetry` says'],
  CHOICE_CASES.map(({ what, sent, status }) => [what, sent ? 'yes' : 'no', status]),
);

/** By file: its parts by name. */
const PARTS: Record<string, Record<string, string>> = {
  'README.md': { keys: KEYS },
  'docs/telemetry.md': { choices: CHOICES, keys: KEYS, notice: `\`\`\`\n${NOTICE}\`\`\``, numbers: NUMBERS },
  'docs/spec.md': { keys: KEYS, numbers: NUMBERS },
  'docs/architecture.md': { rooms: `\`\`\`mermaid\n${await drawRooms()}\n\`\`\`` },
};

for (const [name, parts] of Object.entries(PARTS)) {
  const before = readFileSync(path(name), 'utf8');
  const after = Object.entries(parts).reduce((text, part) => fillIn(name, text, part), before);
  if (before === after) continue;
  if (process.argv.includes('--check')) {
    console.error(`${name} does not say what the code says. Bring it up to date with: npm run docs`);
    process.exitCode = 1;
  } else {
    writeFileSync(path(name), after);
  }
}

function fillIn(file: string, text: string, [name, content]: [string, string]): string {
  const [start, end] = [`<!-- from the code: ${name} -->`, `<!-- end: ${name} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${file} has no place for ${name}: ${start} … ${end}`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
