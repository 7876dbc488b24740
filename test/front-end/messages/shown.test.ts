import { join } from 'node:path';
import { createHost } from '../../../src/front-end/host/create-host.ts';
import { claimShowing, dueAt, readShown, tidyShown } from '../../../src/front-end/messages/shown.ts';
import type { Message } from '../../../src/protocol/messages.ts';
import { filesBelow } from '../../support/home.ts';
import { makeMessage } from '../../support/maintainer.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const host = createHost();
const DAY = 86_400_000;
const message = (id: string, level = 'info') => makeMessage({ id, level }) as unknown as Message;

test('of two that found the same message due, one may show it: the first time and every other', () => {
  const directory = temporaryDirectory();
  for (const time of [1, 2, 3]) {
    const found = readShown(host, directory, 'a');
    const claims = [1, 2, 3].map(() => claimShowing(host, directory, 'a', found, 'shown'));
    expect(claims).toEqual([true, false, false]);
    expect(filesBelow(directory)).toEqual([`shown/a/${time}`]);
  }
});

test('info and important are due once, critical a day after it was shown', () => {
  const shown = { times: 1, last: 1000, how: 'shown' } as const;
  expect(dueAt(message('a'), undefined, 5000)).toBe(5000);
  expect(dueAt(message('a'), shown, 5000)).toBeUndefined();
  expect(dueAt(message('a', 'important'), shown, 5000)).toBeUndefined();
  expect(dueAt(message('a', 'critical'), shown, 5000)).toBe(1000 + DAY);
});

test('a mark that holds nothing, since a crash has lost it, still counts', () => {
  const directory = temporaryDirectory();
  host.files.create(join(directory, 'shown/a/1'), '');
  expect(readShown(host, directory, 'a')).toEqual({ times: 1, last: 0, how: 'shown' });
});

test('marks are forgotten only when there are very many, and only those of messages that are gone', () => {
  const directory = temporaryDirectory();
  for (let n = 0; n < 500; n++) claimShowing(host, directory, `m${n}`, undefined, 'shown');
  tidyShown(host, directory, [message('m7')]);
  expect(filesBelow(directory)).toHaveLength(500);
  claimShowing(host, directory, 'one-more', undefined, 'shown');
  tidyShown(host, directory, [message('m7')]);
  expect(filesBelow(directory)).toEqual(['shown/m7/1']);
});
