import {
  readSharedStamp,
  sharedStateFile,
  writeSharedStamps,
} from '../../../src/front-end/telemetry/shared-state.ts';
import { fakeHost } from '../../support/fake-host.ts';
import vectors from '../../vectors.json' with { type: 'json' };

const FILE = '/t/project-0096d915f78ed61f';
const recorded = vectors.state_file_as_written_by_the_real_wasp;

test('the file has the real Wasp’s name', () => {
  expect(sharedStateFile('/t', '0096d915f78ed61f')).toBe(`/t/${recorded.name}`);
});

test('the real Wasp’s file is understood', () => {
  const host = fakeHost();
  host.files.put(FILE, recorded.content);
  expect(readSharedStamp(host, FILE, 'other')).toBe(Date.parse('2026-11-22T10:39:06.399Z'));
  expect(readSharedStamp(host, FILE, 'build')).toBeUndefined();
});

test.each([
  '',
  '{',
  'null',
  '1',
  '[]',
  '{"_lastCheckIn":1}',
  '{"_lastCheckIn":"soon"}',
  '{"_lastCheckIn":"2026-11-22"}',
])('a file holding %j is unclear, not empty', (content) => {
  const host = fakeHost();
  host.files.put(FILE, content);
  expect(readSharedStamp(host, FILE, 'other')).toBe('unclear');
});

test('a file that can’t be read is unclear; one that isn’t there holds no stamp', () => {
  const host = fakeHost();
  expect(readSharedStamp(host, FILE, 'other')).toBeUndefined();
  host.files.break(FILE, 'EACCES');
  expect(readSharedStamp(host, FILE, 'other')).toBe('unclear');
});

test('a new file has the real Wasp’s three keys, and its form', () => {
  const host = fakeHost();
  const time = Date.parse('2026-11-22T10:39:06.399Z');
  writeSharedStamps(host, FILE, new Map([['other', time]]));
  expect(host.files.read(FILE)).toBe(recorded.content.replace('667126Z', 'Z'));
});

test('what else stands in the file is kept as found', () => {
  const host = fakeHost();
  host.files.put(FILE, '{"_lastCheckInDeploy":"2026-01-01T00:00:00.123456789Z","more":[1,{"a":null}]}');
  writeSharedStamps(host, FILE, new Map([['build', 0]]));
  expect(JSON.parse(host.files.read(FILE) ?? '')).toEqual({
    _lastCheckIn: null,
    _lastCheckInBuild: '1970-01-01T00:00:00.000Z',
    _lastCheckInDeploy: '2026-01-01T00:00:00.123456789Z',
    more: [1, { a: null }],
  });
});
