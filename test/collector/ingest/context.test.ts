/** Whatever a user puts into WASP_TELEMETRY_CONTEXT, the report is counted, and where it belongs. */
import { Readable } from 'node:stream';
import { environmentOf } from '../../../src/collector/environment.ts';
import { importEvents } from '../../../src/collector/import-export/import-events.ts';
import { readRecords } from '../../../src/collector/import-export/read-records.ts';
import { keptContext } from '../../../src/collector/ingest/context.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { cleanup } from '../../support/cleanup.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { ingestServer } from '../support/ingest.ts';
import { report } from '../support/reports.ts';

const LONG = 'x'.repeat(129);

test.each([
  ['as it is', 'x'.repeat(128), 'x'.repeat(128), []],
  ['as it is, spaces included', '  two  spaces ', '  two  spaces ', []],
  ['a name with an umlaut', 'Büro gitpod CI', 'gitpod CI', ['not_ascii']],
  ['nothing that is ASCII', '办公室 🐝 \ud800', '', ['not_ascii']],
  ['letters that look like ASCII ones', 'СI', '', ['not_ascii']],
  ['full-width letters', 'ｂｕｉｌｄ ＣＩ', 'build CI', []],
  ['lines, tabs and spaces of typographers', 'a\r\nb\tc\u00a0d\u2003CI\n', 'a b c d CI', []],
  ['control characters', '\u001b[31mred\u0000\u0085CI\u007f', '[31mred CI', []],
  ['a word that is too long, and CI behind it', `a ${LONG} b CI`, 'a b CI', ['too_long']],
  ['many words, and CI behind them', `${'ab '.repeat(60)}CI`, `${'ab '.repeat(42)}CI`, ['too_long']],
  ['many names of environments', 'CI '.repeat(100), `${'CI '.repeat(42)}CI`, ['too_long']],
  [
    'the environment that counts behind others',
    `${'CI '.repeat(99)}Replit`,
    `${'CI '.repeat(40)}Replit`,
    ['too_long'],
  ],
  ['an address in full-width letters', 'ｍａｒｔｉｎ＠example.org CI', 'CI', ['email']],
  [
    'an address that the left out words held apart',
    `martin ä at ${LONG} example.org CI`,
    'CI',
    ['not_ascii', 'too_long', 'email'],
  ],
  [
    'characters by the ten thousand',
    `${'a-dot-'.repeat(11_000)} ${'1 '.repeat(40_000)}`,
    `${'1 '.repeat(63)}1`,
    ['too_long'],
  ],
] as const)('of a context with %s stays what can be kept', (_what, context, rest, rules) => {
  const found: string[] = [];
  expect(keptContext(context, (rule) => found.push(rule))).toEqual(rest);
  expect(found).toEqual(rules);
});

test('what is kept is never longer than 128 characters, nor from another environment', () => {
  const words = [
    'CI',
    'replit',
    'gitpod',
    'Codespaces',
    'local',
    'ü',
    'word',
    'x'.repeat(60),
    'y'.repeat(127),
    LONG,
  ];
  for (const a of words) {
    for (const b of words) {
      for (const c of words) {
        const context = [a, b, c, a, b, c].join(' ');
        const kept = keptContext(context, () => {});
        expect(kept.length).toBeLessThanOrEqual(128);
        expect(environmentOf(kept)).toBe(environmentOf(context));
      }
    }
  }
});

const CONTEXTS = ['Zürich CI', `${LONG} gitpod`, 'line\nbreak'];
const KEPT = ['CI', 'gitpod', 'line break'];

test('reports with such contexts are stored, and what is left out is counted', async () => {
  const server = await ingestServer();
  for (const context of CONTEXTS) {
    expect((await server.post('/capture', report({ context }))).ok).toBe(true);
  }
  expect(server.stored().map(({ context }) => context)).toEqual(KEPT);
  expect(await server.metric('personal_data_kept_out_total{what="context_not_ascii"}')).toBe(1);
  expect(await server.metric('personal_data_kept_out_total{what="context_too_long"}')).toBe(1);
});

test('and so are those of an import', async () => {
  const store = openStore(temporaryDirectory());
  cleanup(() => store.close());
  const properties = JSON.parse(report()).properties;
  const lines = CONTEXTS.map((context) =>
    JSON.stringify({
      event: 'cli',
      timestamp: '2026-01-01T00:00:00Z',
      properties: { ...properties, context },
    }),
  );
  expect(
    await importEvents(store, readRecords(Readable.from(lines.join('\n')), 'jsonl'), Date.now()),
  ).toEqual({
    stored: 3,
    duplicates: 0,
    dropped: {},
    keptOut: { context_not_ascii: 1, context_too_long: 1 },
  });
  expect(store.eventsSince(0, 10).map(({ context }) => context)).toEqual(KEPT);
});
