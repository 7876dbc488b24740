import type { RawEvent } from '../../../src/collector/ingest/unwrap.ts';
import { validate } from '../../../src/collector/ingest/validate.ts';
import { INSTALL_SCRIPT, REAL_WASP_REPORT } from '../support/reports.ts';

const now = Date.UTC(2026, 5, 1);

function raw(properties: Record<string, unknown> = {}, overrides: Partial<RawEvent> = {}): RawEvent {
  return {
    apiKey: 'key',
    name: 'cli',
    distinctId: 'someone',
    properties: { ...REAL_WASP_REPORT.properties, ...properties },
    timestamp: undefined,
    uuid: undefined,
    ...overrides,
  };
}

test('nothing but the known keys is taken over', () => {
  const secret = { password: 'hunter2', $ip: '192.0.2.1', $geoip_city_name: 'Zagreb' };
  expect(JSON.stringify(validate(raw(secret), now))).not.toMatch(/hunter2|192\.0\.2\.1|Zagreb/);
});

test.each([
  ['bad_event', {}, { name: undefined }],
  ['unknown_event', {}, { name: '$pageview' }],
  ['unknown_event', {}, { name: 'constructor' }],
  ['bad_event', {}, { properties: [] }],
  ['bad_distinct_id', {}, { distinctId: undefined }],
  ['bad_distinct_id', {}, { distinctId: 'a'.repeat(129) }],
  ['bad_distinct_id', {}, { distinctId: 'someone@example.com' }],
  ['bad_distinct_id', {}, { distinctId: 'undefined' }],
  ['bad_distinct_id', {}, { distinctId: 12 }],
  ['bad_project_hash', { project_hash: '7823100EAE2F0439' }, {}],
  ['bad_project_hash', { project_hash: undefined }, {}],
  ['bad_is_build', { is_build: 'yes' }, {}],
  ['bad_deploy_cmd_args', { deploy_cmd_args: 'x'.repeat(257) }, {}],
  ['bad_wasp_version', { wasp_version: '<script>' }, {}],
  ['bad_wasp_version', { wasp_version: undefined }, {}],
  ['bad_wasp_version', { wasp_version: '203.0.113.77' }, {}],
  ['bad_wasp_version', { wasp_version: '0.25.0-203.0.113.77' }, {}],
  ['bad_wasp_version', { wasp_version: '0.25.0+host-203-0-113-77' }, {}],
  ['bad_os', { os: 'TempleOS' }, {}],
  ['bad_context', { context: ['CI'] }, {}],
  ['bad_os', { os: ['linux'] }, { name: 'install-script:run' }],
])('%s: %j %j', (reason, properties, overrides) => {
  expect(validate(raw(properties, overrides), now)).toBe(reason);
});

test('of deploy arguments only known words are kept, and an unknown one does not lose the event', () => {
  expect(validate(raw({ deploy_cmd_args: 'fly;my-secret-app;setup;fly' }), now)).toMatchObject({
    deploy: 'fly;setup',
  });
});

test.each(['0.25.0', '0.1.9.1', '1.0', '12.3.4', '0.26.0-rc.1', '1.2.3+build.4', '0.26.0-20261128'])(
  'the version %s is accepted',
  (wasp_version) => {
    expect(validate(raw({ wasp_version }), now)).toMatchObject({ version: wasp_version });
  },
);

test('a version that our front end was not told in time is unknown, and loses no report', () => {
  expect(validate(raw({ wasp_version: '' }), now)).toMatchObject({ version: '' });
});

test('keys that years-old versions do not send are empty', () => {
  const old = { deploy_cmd_args: undefined, context: undefined, is_build: undefined, os: undefined };
  expect(validate(raw(old), now)).toMatchObject({ deploy: '', context: '', isBuild: false, os: '' });
});

test('a client’s time is kept only if it is near ours', () => {
  const kept = (timestamp: unknown) => validate(raw({}, { timestamp }), now);
  expect(kept('2026-05-31T23:59:59.5+02:00')).toMatchObject({ clientTime: now - 7_200_500 });
  for (const insane of ['2016-01-01T00:00:00Z', '2027-01-01T00:00:00Z', 'soon', 1_780_000_000_000, null]) {
    expect(kept(insane)).toMatchObject({ clientTime: null, receivedAt: now });
  }
});

test('a uuid that is none, or the same for everybody, is not used to find duplicates', () => {
  const kept = (uuid: unknown) => validate(raw({}, { uuid }), now);
  expect(kept('01940000-0000-7000-8000-00000000000A')).toMatchObject({
    uuid: Buffer.from('019400000000700080000000' + '0000000a', 'hex'),
  });
  for (const useless of ['00000000-0000-0000-0000-000000000000', 'x', 7]) {
    expect(kept(useless)).toMatchObject({ uuid: null });
  }
});

test('an installation needs no more than an id', () => {
  const { name, properties } = { name: INSTALL_SCRIPT.event, properties: {} };
  expect(validate(raw({}, { name, properties }), now)).toMatchObject({ kind: 1, projectHash: null, os: '' });
});
