import { readConsent } from '../../../src/front-end/telemetry/consent.ts';
import { NOTICE_DATE } from '../../../src/front-end/telemetry/notice.ts';
import { fakeHost } from '../../support/fake-host.ts';

const CHOICE = '/config/telemetry.json';
const directories = { cache: '/cache', config: '/config' };

interface Situation {
  env?: Record<string, string>;
  choice?: string;
  terminal?: boolean;
  ci?: boolean;
}

function consent({ env = {}, choice, terminal = false, ci = false }: Situation) {
  const host = fakeHost({ env, isTerminal: () => terminal, isCI: async () => ci });
  if (choice !== undefined) host.files.put(CHOICE, choice);
  return readConsent(host, directories);
}

const seen = `{"enabled":true,"noticeShown":"${NOTICE_DATE}"}`;

test.each<[string, Situation, { on: boolean; rule: string }]>([
  ['nothing said, no terminal', {}, { on: true, rule: 'default' }],
  ['WASP_TELEMETRY_DISABLE=1', { env: { WASP_TELEMETRY_DISABLE: '1' } }, off('WASP_TELEMETRY_DISABLE')],
  ['WASP_TELEMETRY_DISABLE empty', { env: { WASP_TELEMETRY_DISABLE: '' } }, off('WASP_TELEMETRY_DISABLE')],
  ['DO_NOT_TRACK=1', { env: { DO_NOT_TRACK: '1' } }, off('DO_NOT_TRACK')],
  ['DO_NOT_TRACK=0', { env: { DO_NOT_TRACK: '0' } }, { on: true, rule: 'default' }],
  ['DO_NOT_TRACK=false', { env: { DO_NOT_TRACK: 'false' } }, { on: true, rule: 'default' }],
  ['chosen off', { choice: '{"enabled":false}' }, off('choice')],
  ['chosen on', { choice: '{"enabled":true}' }, { on: true, rule: 'default' }],
  ['a torn choice', { choice: '{"enabled":tr' }, off('unreadable choice')],
  ['an empty choice', { choice: '' }, off('unreadable choice')],
  ['a choice of another kind', { choice: '{"enabled":"yes"}' }, off('unreadable choice')],
  ['a terminal, for the first time', { terminal: true }, off('notice')],
  ['a terminal, but a CI service', { terminal: true, ci: true }, { on: true, rule: 'default' }],
  ['a terminal, notice seen', { terminal: true, choice: seen }, { on: true, rule: 'default' }],
  [
    'a terminal, an older notice seen',
    { terminal: true, choice: '{"enabled":true,"noticeShown":"2020-01-01"}' },
    off('notice'),
  ],
])('%s', async (_, situation, expected) => {
  expect(await consent(situation)).toMatchObject(expected);
});

test.each<[string, Record<string, string[]>, object]>([
  ['a second DO_NOT_TRACK says so', { DO_NOT_TRACK: ['0', '1'] }, off('DO_NOT_TRACK')],
  ['the first does', { DO_NOT_TRACK: ['1', ''] }, off('DO_NOT_TRACK')],
  ['none does', { DO_NOT_TRACK: ['0', 'false'] }, { on: true, rule: 'default' }],
  ['WASP_TELEMETRY_DISABLE has no =', { WASP_TELEMETRY_DISABLE: [''] }, off('WASP_TELEMETRY_DISABLE')],
])('of several values one that says off counts: %s', async (_, values, expected) => {
  const host = fakeHost({ isTerminal: () => false, valuesOf: (name) => values[name] ?? [] });
  expect(await readConsent(host, directories)).toMatchObject(expected);
});

test('of several reasons the first one is named', async () => {
  const env = { WASP_TELEMETRY_DISABLE: '1', DO_NOT_TRACK: '1' };
  const choice = '{"enabled":false}';
  expect(await consent({ env, choice, terminal: true })).toEqual(off('WASP_TELEMETRY_DISABLE'));
  expect(await consent({ env: { DO_NOT_TRACK: '1' }, choice, terminal: true })).toEqual(off('DO_NOT_TRACK'));
  expect(await consent({ choice, terminal: true })).toEqual(off('choice'));
});

test('a choice that can’t be read is off, and says why', async () => {
  const host = fakeHost();
  host.files.break(CHOICE, 'EACCES');
  const answer = await readConsent(host, directories);
  expect(answer).toMatchObject({
    on: false,
    rule: 'unreadable choice',
    why: expect.stringContaining('EACCES'),
  });
});

function off(rule: string) {
  return { on: false, rule };
}
