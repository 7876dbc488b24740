import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const SCRIPT = join(__dirname, '../../../scripts/check/dependencies.ts');

/** What the check says of a tree that consists of these files, by path. */
function check(files: Record<string, string>): string {
  const root = temporaryDirectory();
  // The folders that are looked at.
  for (const [file, text] of Object.entries({ 'bin/x.ts': '', 'src/protocol/report.ts': '', ...files })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return spawnSync(process.execPath, [SCRIPT, root], { encoding: 'utf8' }).stderr;
}

/** A file that imports another one, which exists. */
function importing(from: string, to: string, statement = 'import { x } from'): Record<string, string> {
  const specifier = `${'../'.repeat(from.split('/').length - 1)}${to}`;
  return { [to]: 'export const x = 1;', [from]: `${statement} '${specifier}';` };
}

test.each([
  ['the protocol the front end', 'src/protocol/a.ts', 'src/front-end/host/b.ts'],
  ['the protocol the collector', 'src/protocol/a.ts', 'src/collector/store/b.ts'],
  ['the front end the collector', 'src/front-end/commands/a.ts', 'src/collector/report/b.ts'],
  ['the collector the front end', 'src/collector/commands/a.ts', 'src/front-end/host/b.ts'],
  ['telemetry messages', 'src/front-end/telemetry/a.ts', 'src/front-end/messages/b.ts'],
  ['telemetry the hand-off', 'src/front-end/telemetry/a.ts', 'src/front-end/handoff/b.ts'],
  ['telemetry the sender', 'src/front-end/telemetry/a.ts', 'src/front-end/sender/b.ts'],
  ['messages telemetry', 'src/front-end/messages/a.ts', 'src/front-end/telemetry/b.ts'],
  ['the hand-off messages', 'src/front-end/handoff/a.ts', 'src/front-end/messages/b.ts'],
  ['the host a room above it', 'src/front-end/host/a.ts', 'src/front-end/telemetry/b.ts'],
  ['a room that nobody has listed yet', 'src/front-end/telemetry/a.ts', 'src/front-end/later/b.ts'],
  ['the store a report', 'src/collector/store/a.ts', 'src/collector/report/b.ts'],
  ['a report the page', 'src/collector/report/a.ts', 'src/collector/page/b.ts'],
  ['a report what the store does', 'src/collector/report/a.ts', 'src/collector/store/b.ts'],
  ['the product a script', 'src/collector/page/a.ts', 'scripts/b.ts'],
])('%s may not import: the check names both files', (_, from, to) => {
  expect(check(importing(from, to))).toContain(`${from} → ${to}`);
});

test.each([
  ['a value', 'import { x } from'],
  ['a type', 'import type { x } from'],
  ['only when it is needed', 'export const later = () => import('],
])('a forbidden import of %s is found', (_, statement) => {
  const files = importing('src/front-end/telemetry/a.ts', 'src/front-end/messages/b.ts', statement);
  const text = Object.values(files)[1] as string;
  const closed = statement.endsWith('(') ? text.replace(';', ')').replace(/;?$/, ';') : text;
  expect(check({ ...files, 'src/front-end/telemetry/a.ts': closed })).toContain(
    'src/front-end/messages/b.ts',
  );
});

test('a report may import the types of the store', () => {
  const files = importing('src/collector/report/a.ts', 'src/collector/store/b.ts', 'import type { x } from');
  expect(check(files)).toBe('');
});

test('a circle is found', () => {
  const files = {
    'src/protocol/a.ts': "import { b } from './b.ts'; export const a = () => b;",
    'src/protocol/b.ts': "import { a } from './a.ts'; export const b = () => a;",
  };
  expect(check(files)).toContain('no-cycles');
});

test.each([
  ['SQLite outside of the store', 'src/collector/commands/a.ts', 'node:sqlite'],
  ['a file of the front end that reads files by itself', 'src/front-end/commands/a.ts', 'node:fs'],
  ['a file of the front end that opens connections', 'src/front-end/telemetry/a.ts', 'node:http'],
])('%s is found', (_, file, builtIn) => {
  expect(check({ [file]: `import x from '${builtIn}'; export default x;` })).toContain(file);
});
