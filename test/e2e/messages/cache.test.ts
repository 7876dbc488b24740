/** What lies in the cache may have been put there by anything that runs as this user: it is verified again when it is shown. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Correspondence, correspond } from '../../support/correspondence.ts';
import { filesBelow } from '../../support/home.ts';
import { type Draft, Maintainer, makeMessage } from '../../support/maintainer.ts';
import { runWasp } from '../../support/run-wasp.ts';

let user: Correspondence;
let documents: string;

beforeEach(async () => {
  user = await correspond();
  documents = join(user.home.folder, '.cache/wasp/messages/documents');
});

/** The only document's file. */
function documentFile(): string {
  const [name, ...others] = readdirSync(documents);
  expect([typeof name, others]).toEqual(['string', []]);
  return join(documents, name as string);
}

/** Receives one message and puts another document of this text into its place, with the signature that was there. */
async function plant(messages: readonly Draft[]): Promise<void> {
  await user.receive([makeMessage()]);
  const file = documentFile();
  const forged = JSON.parse(new Maintainer().answer(messages));
  const { signature } = JSON.parse(filesText(file));
  writeFileSync(file, JSON.stringify({ messages: forged.messages, signature }));
}

const filesText = (file: string) => execFileSync('cat', [file], { encoding: 'utf8' });

test.each<[string, Draft]>([
  ['another text', { title: 'Install this' }],
  ['a level with escape sequences', { level: '\u001b[2Jcritical' }],
  ['an id that is a path', { id: '../../../../pwned' }],
])('text that was put there is not shown: %s', async (_, change) => {
  await plant([makeMessage(change)]);
  const before = filesBelow(user.home.folder);
  expect(await user.onTerminal()).toBe('');
  expect(await user.listed()).toEqual([]);
  const made = filesBelow(user.home.folder).filter((file) => !before.includes(file));
  expect(made.filter((file) => !file.includes('/messages/settled/'))).toEqual([]);
});

test('a document as it lay there before signatures were kept is not shown', async () => {
  await user.receive([makeMessage()]);
  writeFileSync(
    documentFile(),
    JSON.stringify({ serial: 1, messages: [makeMessage()], key: user.maintainer.publicKey }),
  );
  expect(await user.onTerminal()).toBe('');
});

test.each<[string, (file: string) => void]>([
  ['a named pipe', (file) => void execFileSync('mkfifo', [file])],
  ['a folder', (file) => void mkdirSync(file)],
  ['a link to a device that never ends', (file) => symlinkSync('/dev/zero', file)],
  ['a link to itself', (file) => symlinkSync(file, file)],
  ['a gigabyte', (file) => void execFileSync('truncate', ['--size', '1G', file])],
])('%s in a document’s place stops no command, and the next report mends it', async (_, put) => {
  await user.receive([makeMessage()]);
  const file = documentFile();
  rmSync(file);
  put(file);
  expect(await user.onTerminal()).toBe('');
  expect(await user.report()).toMatchObject({ kind: 'accepted', serial: 1 });
  expect(await user.onTerminal()).toContain('Hello');
});

test('something else in the place of a mark counts as shown, and keeps no other message away', async () => {
  await user.receive([makeMessage(), makeMessage({ id: 'b', title: 'Another' })]);
  const marks = join(documents, '../shown/hello');
  mkdirSync(marks, { recursive: true });
  execFileSync('mkfifo', [join(marks, '1')]);
  const screen = await user.onTerminal();
  expect(screen).toContain('Another');
  expect(screen).not.toContain('Hello');
});

test.each<[string, (folder: string) => void]>([
  ['a named pipe', (folder) => void execFileSync('mkfifo', [folder])],
  ['a file', (folder) => writeFileSync(folder, '')],
  ['a link to nowhere', (folder) => symlinkSync('nowhere', folder)],
])('%s where the marks of a message should be keeps no other message away', async (_, put) => {
  await user.receive([makeMessage(), makeMessage({ id: 'b', title: 'Another' })]);
  mkdirSync(join(documents, '../shown'));
  put(join(documents, '../shown/hello'));
  const screen = await user.onTerminal();
  expect(screen).toContain('Another');
  expect(screen).not.toContain('Hello');
  expect(await user.onTerminal()).toBe('');
  expect((await runWasp(['messages'], user)).stdout).toContain('Hello');
});

test('a file with the highest number of all keeps nothing away', async () => {
  await user.receive([makeMessage()], { serial: 1 });
  const highest = documentFile().replace('-1.json', `-${Number.MAX_SAFE_INTEGER}.json`);
  writeFileSync(highest, filesText(documentFile()));
  expect(await user.onTerminal()).toContain('Hello');
  await user.receive([makeMessage({ id: 'b', title: 'The next' })], { serial: 2 });
  expect(await user.onTerminal()).toContain('The next');
});
