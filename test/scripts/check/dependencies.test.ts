import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const SCRIPT = join(__dirname, '../../../scripts/check/dependencies.ts');

const FORBIDDEN = [
  ['the protocol the front end', 'src/protocol', 'src/front-end/host'],
  ['the protocol the collector', 'src/protocol', 'src/collector/store'],
  ['the front end the collector', 'src/front-end/commands', 'src/collector/report'],
  ['the collector the front end', 'src/collector/commands', 'src/front-end/host'],
  ['telemetry messages', 'src/front-end/telemetry', 'src/front-end/messages'],
  ['telemetry the hand-off', 'src/front-end/telemetry', 'src/front-end/handoff'],
  ['telemetry the sender', 'src/front-end/telemetry', 'src/front-end/sender'],
  ['messages telemetry', 'src/front-end/messages', 'src/front-end/telemetry'],
  ['the hand-off messages', 'src/front-end/handoff', 'src/front-end/messages'],
  ['the host a room above it', 'src/front-end/host', 'src/front-end/telemetry'],
  ['any room one that is not listed', 'src/front-end/telemetry', 'src/front-end/later'],
  ['one that is not listed any room', 'src/collector/later', 'src/collector/store'],
  ['the store a report', 'src/collector/store', 'src/collector/report'],
  ['a report the page', 'src/collector/report', 'src/collector/page'],
  ['a report what the store does', 'src/collector/report', 'src/collector/store'],
  ['the product a script', 'src/collector/page', 'scripts'],
  ['the product a test', 'src/front-end/host', 'test/support'],
  ['an entry point the inside of a program', 'bin', 'src/collector/store'],
  ['a script a test', 'scripts', 'test/e2e'],
  ['a test of the front end the collector', 'test/front-end', 'src/collector/report'],
  ['a test of the collector the front end', 'test/collector', 'src/front-end/host'],
  ['a test of the protocol a program', 'test/protocol', 'src/front-end/host'],
  ['what all tests use the collector', 'test/support', 'src/collector/store'],
] as const;

const STATEMENTS = [
  ['a value', "import { x } from '../messages/x.ts'"],
  ['a type', "import type { x } from '../messages/x.ts'"],
  ['a type beside nothing else', "import { type x } from '../messages/x.ts'"],
  ['what is passed on', "export * from '../messages/x.ts'"],
  ['what is needed later', "export const later = () => import('../messages/x.ts')"],
  ['what is disposed of', "using x = await import('../messages/x.ts')"],
] as const;

const BUILT_INS = [
  ['SQLite outside of the store', 'src/collector/commands', 'sqlite'],
  ['a file of the front end that reads files by itself', 'src/front-end/commands', 'fs'],
  ['a file of the front end that opens connections', 'src/front-end/telemetry', 'http'],
] as const;

const BESIDE_THE_ROOMS = ['src', 'src/later', 'src/front-end', 'src/front-end/later', 'bin/later'] as const;

/** Every case is two files of its own, so that one run of the check looks at all of them. */
const FILES: Record<string, string> = {
  ...Object.fromEntries(
    FORBIDDEN.flatMap(([, from, to], index) => {
      const up = '../'.repeat(from.split('/').length);
      return [
        [`${to}/to-${index}.ts`, 'export const x = 1;'],
        [`${from}/from-${index}.ts`, `import { x } from '${up}${to}/to-${index}.ts';`],
      ];
    }),
  ),
  'src/front-end/messages/x.ts': 'export const x = 1;',
  ...Object.fromEntries(
    STATEMENTS.map(([, statement], index) => [`src/front-end/telemetry/statement-${index}.ts`, statement]),
  ),
  ...Object.fromEntries(
    BUILT_INS.flatMap(([, from, name]) => [
      [`${from}/imports-${name}.ts`, `import x from 'node:${name}';`],
      [`${from}/gets-${name}.ts`, `export const x = process.getBuiltinModule('node:${name}');`],
    ]),
  ),
  ...Object.fromEntries(
    BESIDE_THE_ROOMS.flatMap((folder) => [
      [`${folder}/imports-nothing.ts`, 'export const x = 1;'],
      [`${folder}/imports-path.ts`, "import { join } from 'node:path';"],
    ]),
  ),
  'bin/wasp-collector.ts': "import '../src/collector/main.ts';",
  'src/collector/main.ts': "import './commands/reach.ts';",
  'src/collector/commands/reach.ts': "import '../report/types.ts'; import '../store/allowed.ts';",
  'src/collector/charts/dead.ts': "import { x } from './dead-too.ts'; export const y = x;",
  'src/collector/charts/dead-too.ts': 'export const x = 1;',
  'src/collector/report/types.ts': "import type { x } from '../store/allowed.ts';",
  'src/collector/store/allowed.ts':
    "import { DatabaseSync } from 'node:sqlite'; export type x = DatabaseSync;",
  'src/protocol/a.ts': "import { b } from './b.ts'; export const a = () => b;",
  'src/protocol/b.ts': "import { a } from './a.ts'; export const b = () => a;",
  'src/collector/page/require.ts':
    "import { createRequire } from 'node:module'; createRequire('/')('node:sqlite');",
};

let found: string;

beforeAll(() => {
  const root = temporaryDirectory();
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  found = spawnSync(process.execPath, [SCRIPT, root], { encoding: 'utf8' }).stderr;
});

test.each(FORBIDDEN.map((names, index) => [...names, index] as const))(
  '%s may not import: the check names both files',
  (_, from, to, index) => {
    expect(found).toContain(`${from}/from-${index}.ts → ${to}/to-${index}.ts`);
  },
);

test.each(STATEMENTS.map(([what], index) => [what, index] as const))(
  'a forbidden import of %s is found',
  (_, index) => {
    expect(found).toContain(`src/front-end/telemetry/statement-${index}.ts → src/front-end/messages/x.ts`);
  },
);

test.each(BUILT_INS)('%s is found, imported or fetched from the process', (_, from, name) => {
  expect(found).toContain(`${from}/imports-${name}.ts`);
  expect(found).toContain(`${from}/gets-${name}.ts`);
});

test.each(BESIDE_THE_ROOMS)('a file in %s is found, whether it imports anything or not', (folder) => {
  expect(found).toContain(`no-file-beside-the-rooms: ${folder}/imports-nothing.ts`);
  expect(found).toContain(`no-file-beside-the-rooms: ${folder}/imports-path.ts`);
});

test('a circle is found', () => {
  expect(found).toContain('no-cycles: src/protocol/a.ts → src/protocol/b.ts → src/protocol/a.ts');
});

test('files that no program reaches are found, also if they import each other', () => {
  expect(found).toContain('no-dead-files: src/collector/charts/dead.ts');
  expect(found).toContain('no-dead-files: src/collector/charts/dead-too.ts');
});

test('a `require` made by hand is found', () => {
  expect(found).toContain('no-hand-made-require: src/collector/page/require.ts');
});

test('what is allowed is not mentioned: the types of the store in a report, SQLite in the store', () => {
  expect(found).not.toContain('src/collector/report/types.ts');
  expect(found).not.toContain('src/collector/store/allowed.ts');
});
