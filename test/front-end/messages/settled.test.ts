import { isSettled, settle, unsettle } from '../../../src/front-end/messages/settled.ts';
import { fakeHost, HOUR, NOW } from '../../support/fake-host.ts';

const question = { directory: '/messages', names: ['a-1.json', 'b-7.json'], version: '0.25.0' };

test('an answer holds from when it was found until something is due, and not before', () => {
  const host = fakeHost();
  expect(isSettled(host, question)).toBe(false);
  settle(host, question, NOW + HOUR);
  const at = (time: number) => {
    host.clock = time;
    return isSettled(host, question);
  };
  expect([NOW - 1, NOW, NOW + HOUR - 1, NOW + HOUR].map(at)).toEqual([false, true, true, false]);
});

test('an answer holds for these documents and this version only, whatever the file system makes of capitals', () => {
  const host = fakeHost();
  settle(host, question, undefined);
  host.clock = NOW + 10_000 * HOUR;
  expect(isSettled(host, question)).toBe(true);
  expect(isSettled(host, { ...question, names: ['a-1.json'] })).toBe(false);
  expect(isSettled(host, { ...question, version: undefined })).toBe(false);
  settle(host, { ...question, version: '0.27.0-rc.1' }, undefined);
  settle(host, { ...question, version: '0.27.0-RC.1' }, undefined);
  settle(host, { ...question, version: '../../evil' }, undefined);
  const files = Object.keys(host.files.all());
  expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(4);
  expect(files.every((file) => file.startsWith('/messages/settled/'))).toBe(true);
  unsettle(host, '/messages');
  expect(isSettled(host, question)).toBe(false);
});
