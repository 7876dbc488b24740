import { isGroupOf } from '../../../src/front-end/handoff/group.ts';
import { fakeHost } from '../../support/fake-host.ts';

const LOCAL = 'passwd: files systemd\ngroup: files [NOTFOUND=return] systemd\n';

function hostWith(group: string, passwd: string, sources = LOCAL, platform = 'linux') {
  const host = fakeHost({ platform });
  host.files.put('/etc/group', group);
  host.files.put('/etc/passwd', passwd);
  host.files.put('/etc/nsswitch.conf', sources);
  return host;
}

const ALICE = 'root:x:0:0::/root:/bin/sh\nalice:x:1000:1000::/home/alice:/bin/sh\n';
const BOB = 'bob:x:1001:1000::/home/bob:/bin/sh\n';

test.each<[string, boolean, string, string]>([
  ['one without other members', true, 'alice:x:1000:\n', ALICE],
  ['one that names only the user', true, 'alice:x:1000:alice\n', ALICE],
  ['one that names root and the user', true, 'alice:x:1000:root,alice\n', ALICE],
  ['one that names another user', false, 'alice:x:1000:alice,bob\n', ALICE],
  ['one that is another user’s primary group', false, 'alice:x:1000:\n', ALICE + BOB],
  ['one that no file knows', true, '', ALICE],
  ['a second entry of the same number with a member', false, 'a:x:1000:\nb:x:1000:bob\n', ALICE],
])('%s: %j', (_, expected, group, passwd) => {
  expect(isGroupOf(hostWith(group, passwd), 1000, [1000, 0])).toBe(expected);
});

test('where users come from elsewhere too, only a user’s own group is taken', () => {
  const sources = 'passwd: files sss\ngroup: files sss\n';
  expect(isGroupOf(hostWith('', ALICE, sources), 1000, [1000, 0])).toBe(true);
  expect(isGroupOf(hostWith('', ALICE, sources), 2000, [1000, 0])).toBe(false);
  expect(isGroupOf(hostWith('root:x:0:\n', ALICE, LOCAL), 2000, [1000, 0])).toBe(true);
});

test.each([
  ['a file is empty or can’t be read', ''],
  ['one takes in what other sources have', 'root:x:0:\n+:::\n'],
])('where %s, only a user’s own group is taken', (_, group) => {
  const host = hostWith(group, ALICE, 'passwd: compat\ngroup: compat\n');
  expect(isGroupOf(host, 1000, [1000, 0])).toBe(true);
  expect(isGroupOf(host, 2000, [1000, 0])).toBe(false);
});

test('where it can’t be read where users come from, only a user’s own group is taken', () => {
  const host = hostWith('', ALICE);
  host.files.read = (file) => {
    if (file === '/etc/nsswitch.conf') throw new Error('it is a named pipe');
    return file === '/etc/passwd' ? ALICE : 'root:x:0:\n';
  };
  expect(isGroupOf(host, 1000, [1000, 0])).toBe(true);
  expect(isGroupOf(host, 2000, [1000, 0])).toBe(false);
});

test('where nothing tells who is in a group, it may hold others', () => {
  expect(isGroupOf(hostWith('', ALICE, LOCAL, 'darwin'), 20, [1000, 0])).toBe(false);
});
