import { claimSlot, giveBack, pausedUntil } from '../../../src/front-end/telemetry/claims.ts';
import { type FakeHost, fakeHost, HOUR, MINUTE, NOW } from '../../support/fake-host.ts';

const HASH = '0096d915f78ed61f';
const SHARED = `/t/project-${HASH}`;
const CLAIMS = `/t/claims/${HASH}-other`;
const time = (stamp: number) => new Date(stamp).toISOString();

let host: FakeHost;
beforeEach(() => {
  host = fakeHost();
});

const claim = () => claimSlot(host, '/t', HASH, 'other');
const shared = () => JSON.parse(host.files.read(SHARED) ?? 'null');

test('the first claim takes the slot, and says so to the real Wasp', () => {
  expect(claim()).toEqual({ hash: HASH, slot: 'other', number: 1, stamp: NOW });
  expect(host.files.all()).toEqual({
    [`${CLAIMS}/1`]: time(NOW),
    [SHARED]: JSON.stringify({ _lastCheckIn: time(NOW), _lastCheckInBuild: null, _lastCheckInDeploy: null }),
  });
});

test('a taken slot can’t be taken again for 12 hours; then the next claim replaces the old one', () => {
  claim();
  host.clock += 12 * HOUR;
  expect(claim()).toBeUndefined();
  host.clock += 1;
  expect(claim()).toMatchObject({ number: 2 });
  expect(host.files.list(CLAIMS)).toEqual(['2']);
  expect(shared()._lastCheckIn).toBe(time(NOW + 12 * HOUR + 1));
});

test('the slots don’t touch each other', () => {
  claim();
  expect(claimSlot(host, '/t', HASH, 'build')).toMatchObject({ slot: 'build', number: 1 });
  expect(shared()).toMatchObject({ _lastCheckIn: time(NOW), _lastCheckInBuild: time(NOW) });
});

test('a claim that is no file is never “never sent”: stamped now, open after 12 hours', () => {
  host.files.put(`${CLAIMS}/4/a`, 'a folder');
  expect(pausedUntil(host, '/t', HASH, 'other')).toBe(NOW + 12 * HOUR);
  expect(claimSlot(host, '/t', HASH, 'build')).toMatchObject({ number: 1 });
  expect(claim()).toBeUndefined();
  expect(host.files.list(CLAIMS)).toEqual(['5']);
  host.clock += 12 * HOUR + 1;
  expect(claim()).toMatchObject({ number: 6 });
});

test.each(['007', '0', '99999999999999999999', '12345678901234567'])(
  'a file of somebody else’s among the claims, %s, is in nobody’s way',
  (name) => {
    host.files.put(`${CLAIMS}/${name}`, time(NOW));
    expect(pausedUntil(host, '/t', HASH, 'other')).toBeUndefined();
    expect(claim()).toMatchObject({ number: 1 });
    expect(claim()).toBeUndefined();
    host.clock += 12 * HOUR + 1;
    expect(claim()).toMatchObject({ number: 2 });
  },
);

test('a claim that another process makes while this one looks does not lie in the future', () => {
  const { list } = host.files;
  host.files.list = (folder) => {
    host.files.list = list;
    host.clock += 5;
    host.files.put(`${CLAIMS}/1`, time(host.clock));
    return list.call(host.files, folder);
  };
  expect(claim()).toBeUndefined();
  expect(host.files.list(CLAIMS)).toEqual(['1']);
});

test('whoever loses the race for the next number gets nothing', () => {
  const { create } = host.files;
  host.files.create = (file, content) => {
    host.files.put(file, time(NOW));
    return create.call(host.files, file, content);
  };
  expect(claim()).toBeUndefined();
});

test('whoever was held up while others used up its number takes its claim back', () => {
  const { create } = host.files;
  host.files.create = (file, content) => {
    // Meanwhile, the winner of number 1 has been succeeded by number 2, and tidied away.
    host.files.put(`${CLAIMS}/2`, time(NOW - 1));
    return create.call(host.files, file, content);
  };
  expect(claim()).toBeUndefined();
  expect(host.files.list(CLAIMS)).toEqual(['2']);
});

test('a claim whose winner died before it told the real Wasp is told by the next command', () => {
  host.files.put(`${CLAIMS}/1`, time(NOW - HOUR));
  expect(claim()).toBeUndefined();
  expect(shared()._lastCheckIn).toBe(time(NOW - HOUR));
});

test('the real Wasp’s pause is ours', () => {
  host.files.put(SHARED, JSON.stringify({ _lastCheckIn: time(NOW - HOUR) }));
  expect(claim()).toBeUndefined();
  expect(host.files.list(CLAIMS)).toEqual([]);
});

test.each([
  ['a torn state file', () => host.files.put(SHARED, '{"_lastCh')],
  ['a stamp in the future', () => host.files.put(SHARED, `{"_lastCheckIn":"${time(NOW + 1)}"}`)],
  ['a claim in the future', () => host.files.put(`${CLAIMS}/5`, time(NOW + 30 * HOUR))],
])('%s closes the slot now, and it opens in 12 hours', (_, damage) => {
  damage();
  expect(claim()).toBeUndefined();
  expect(shared()._lastCheckIn).toBe(time(NOW));
  host.clock += 12 * HOUR;
  expect(claim()).toBeUndefined();
  host.clock += 1;
  expect(claim()).toBeDefined();
});

test('a claim that a power cut has emptied counts from when its file was made', () => {
  host.files.put(`${CLAIMS}/1`, '', { modified: NOW - 11 * HOUR });
  expect(claim()).toBeUndefined();
  host.clock += HOUR + 1;
  expect(claim()).toMatchObject({ number: 2 });
});

describe('within one boot', () => {
  const BOOT = '37b4a192-1e7d-4f87-a9fe-822f09c38f1c';
  /** The boot clock's reading, in milliseconds; undefined where there is none. */
  let uptime: number | undefined;
  let boot: string;
  beforeEach(() => {
    [uptime, boot] = [HOUR, BOOT];
    host.bootClock = () => (uptime === undefined ? undefined : { boot, uptime });
    expect(claim()).toBeDefined();
    host.clock += 13 * HOUR;
  });

  test('12 hours must have passed by the boot clock too', () => {
    uptime = 13 * HOUR;
    expect(pausedUntil(host, '/t', HASH, 'other')).toBe(host.clock);
    expect(claim()).toBeUndefined();
    uptime += 1;
    expect(claim()).toMatchObject({ number: 2 });
  });

  test('a report that is put off puts off by both', () => {
    uptime = 14 * HOUR;
    giveBack(host, '/t', claim() as NonNullable<ReturnType<typeof claim>>);
    host.clock += HOUR;
    uptime += 15 * MINUTE;
    expect(claim()).toBeUndefined();
    uptime += 1;
    expect(claim()).toBeDefined();
  });

  test.each([
    ['runs backwards', 0],
    ['can’t be read any more', undefined],
  ])('a boot clock that %s closes the slot now, for 12 hours', (_, later) => {
    uptime = later;
    expect(claim()).toBeUndefined();
    expect(shared()._lastCheckIn).toBe(time(host.clock));
    host.clock += 12 * HOUR + 1;
    if (uptime !== undefined) uptime += 12 * HOUR + 1;
    expect(claim()).toBeDefined();
  });

  test('that of another boot says nothing', () => {
    [uptime, boot] = [0, '00000000-0000-4000-8000-000000000000'];
    expect(claim()).toBeDefined();
  });
});

test.each(['ENOSPC', 'EROFS', 'EACCES'])('state that can’t be written (%s) is no claim', (code) => {
  host.files.break('/t', code);
  expect(claim).toThrow(code);
});

describe('a slot that is given back', () => {
  test('opens in 15 minutes, for both Wasps', () => {
    const taken = claim();
    host.clock += 9_000;
    giveBack(host, '/t', taken as NonNullable<typeof taken>);
    expect(shared()._lastCheckIn).toBe(time(NOW + 9_000 - 11 * HOUR - 45 * MINUTE));
    host.clock += 15 * MINUTE;
    expect(claim()).toBeUndefined();
    host.clock += 1;
    expect(claim()).toMatchObject({ number: 2 });
  });

  test('stays closed where the real Wasp has reported since', () => {
    const taken = claim();
    const theirs = JSON.stringify({ _lastCheckIn: time(NOW + 5_000) });
    host.files.put(SHARED, theirs);
    giveBack(host, '/t', taken as NonNullable<typeof taken>);
    expect(host.files.read(SHARED)).toBe(theirs);
    host.clock += HOUR;
    expect(claim()).toBeUndefined();
  });

  test('is not given back by one whose claim is no longer the newest', () => {
    const taken = claim();
    host.clock += 13 * HOUR;
    claim();
    const before = host.files.all();
    giveBack(host, '/t', taken as NonNullable<typeof taken>);
    expect(host.files.all()).toEqual(before);
  });
});

test('pausedUntil tells when the slot opens, and changes nothing', () => {
  expect(pausedUntil(host, '/t', HASH, 'other')).toBeUndefined();
  claim();
  const before = host.files.all();
  host.clock += HOUR;
  expect(pausedUntil(host, '/t', HASH, 'other')).toBe(NOW + 12 * HOUR);
  expect(host.files.all()).toEqual(before);
  host.clock += 11 * HOUR + 1;
  expect(pausedUntil(host, '/t', HASH, 'other')).toBeUndefined();
});
