/** What a sender accepts of what comes back, with the built executable, and where it says why not. */
import { join } from 'node:path';
import { type Correspondence, correspond } from '../../support/correspondence.ts';
import { filesBelow } from '../../support/home.ts';
import { answering, type Draft, inDays, Maintainer, makeMessage } from '../../support/maintainer.ts';
import { startReceiver } from '../../support/receiver.ts';
import { runWasp } from '../../support/run-wasp.ts';

let user: Correspondence;

beforeEach(async () => {
  user = await correspond();
});

const titles = async () => (await user.listed()).map(({ title }) => title);

/** An answer with some of its base64 changed to that of another text. */
function altered(answer: string, from: string, to: string): string {
  const { messages, signature } = JSON.parse(answer);
  const text = Buffer.from(messages, 'base64').toString();
  expect(text).toContain(from);
  return JSON.stringify({ messages: Buffer.from(text.replace(from, to)).toString('base64'), signature });
}

describe('refused, with the reason in the log, and nothing is kept', () => {
  test.each<[string, string, (maintainer: Maintainer) => string]>([
    ['forged', 'no key that is trusted here', () => new Maintainer().answer([makeMessage()])],
    [
      'altered',
      'no key that is trusted here',
      (maintainer) => altered(maintainer.answer([makeMessage()]), 'Hello', 'Hallo'),
    ],
    [
      'signed for something else',
      'its format is not wasp-messages-1',
      (maintainer) => maintainer.answer([makeMessage()], { format: 'other-1' }),
    ],
    [
      'without a signature',
      'are not both text',
      (maintainer) => maintainer.answer([makeMessage()]).replace(/,"signature":.*/, '}'),
    ],
    [
      'with an empty signature',
      'no key that is trusted here',
      (maintainer) => maintainer.answer([makeMessage()]).replace(/"signature":".*"/, '"signature":""'),
    ],
    ['not base64', 'are not base64', () => '{"messages":"e30= ","signature":"AAAA"}'],
    [
      'expired',
      'document 1 has expired',
      (maintainer) => maintainer.answer([makeMessage()], { expiresAt: inDays(-0.1) }),
    ],
    [
      'issued in the future',
      'was issued in the future',
      (maintainer) => maintainer.answer([makeMessage()], { issuedAt: inDays(2) }),
    ],
    [
      'too large a document',
      'the messages are larger than 40960 bytes',
      (maintainer) => maintainer.answer([makeMessage()], { padding: 'x'.repeat(41_000) }),
    ],
    [
      'too long an answer',
      'the answer is longer than 64 KiB',
      (maintainer) => maintainer.answer([makeMessage()], { padding: 'x'.repeat(60_000) }),
    ],
    ['signed, but no JSON', 'the messages are signed, but', (maintainer) => maintainer.sign('\u001b[2J{')],
  ])('%s', async (_, why, answer) => {
    user.willAnswer(answer(user.maintainer));
    expect(await user.report()).toEqual({ kind: 'refused', why: expect.stringContaining(why) });
    expect(await user.log()).toMatch(new RegExp(`messages: refused: .*${why}`));
    expect(filesBelow(join(user.home.telemetry, '../messages'))).toEqual([]);
  });

  test('replayed: an older document than the last one', async () => {
    await user.receive([makeMessage({ title: 'Old' })], { serial: 4, issuedAt: inDays(-3) });
    await user.receive([makeMessage({ title: 'New' })], { serial: 5, issuedAt: inDays(-2) });
    expect(await titles()).toEqual(['New']);
    expect(await user.receive([makeMessage({ title: 'Old' })], { serial: 4, issuedAt: inDays(-3) })).toEqual({
      kind: 'refused',
      why: 'document 4 is older than document 5, which was accepted before',
    });
    const reissued = await user.receive([makeMessage()], { serial: 6, issuedAt: inDays(-4) });
    expect(reissued?.why).toBe('document 6 was issued before document 5, which was accepted before');
    expect(await titles()).toEqual(['New']);
  });
});

test('the same document again is nothing new, and not worth a word', async () => {
  await user.receive([makeMessage()], { serial: 5 });
  expect(await user.receive([makeMessage()], { serial: 5 })).toBeUndefined();
  expect(await user.receive([makeMessage({ title: 'Another' })], { serial: 5 })).toBeUndefined();
  expect(await titles()).toEqual(['Hello from the makers']);
});

test('what is no longer in a newer document has been withdrawn', async () => {
  await user.receive([makeMessage(), makeMessage({ id: 'b', level: 'critical' })], { serial: 1 });
  await user.receive([makeMessage()], { serial: 2 });
  expect((await user.listed()).map(({ id }) => id)).toEqual(['hello']);
  expect(await user.onTerminal()).not.toContain('critical');
});

test('a message that was shown is not shown again for being in a newer document', async () => {
  await user.receive([makeMessage()], { serial: 1 });
  await user.onTerminal();
  await user.receive([makeMessage(), makeMessage({ id: 'b', title: 'Another' })], { serial: 2 });
  const screen = await user.onTerminal();
  expect(screen).toContain('Another');
  expect(screen).not.toContain('Hello');
});

test('malformed messages are dropped alone, with the reason in the log', async () => {
  const wrong: Draft[] = [
    { level: 'urgent' },
    { id: '../../../evil' },
    { title: 'x'.repeat(61) },
    { body: 'x'.repeat(801) },
    { affects: 'not a range' },
    { url: 'http://wasp.sh' },
    { expiresAt: inDays(-1) },
  ];
  const messages = wrong.map((change, n) => makeMessage({ id: `wrong-${n}`, ...change }));
  const reception = await user.receive([...messages, makeMessage()]);
  expect(reception?.notes).toHaveLength(wrong.length);
  const log = await user.log();
  for (const note of reception?.notes ?? []) expect(log).toContain(note);
  expect(await titles()).toEqual(['Hello from the makers']);
  const screen = await user.onTerminal();
  expect(screen.match(/Hello/g)).toHaveLength(1);
});

test('escape sequences, bidi overrides and what can’t be seen reach neither terminal nor log', async () => {
  const laden = '\u001b[2J\u001b]0;owned\u0007\u009b31m\u202eevil\u200b\rX\u0008';
  const reception = await user.receive([
    makeMessage({ title: `${laden}T`, body: `${laden}B`, url: `https://wasp.sh/${laden}` }),
    makeMessage({ id: laden, level: laden, affects: laden }),
  ]);
  expect(reception?.notes).toHaveLength(2);
  const dangerous = /(?!\n)[\p{Cc}\p{Cf}]/u;
  expect(await user.log()).not.toMatch(dangerous);
  const screen = (await user.onTerminal({ NO_COLOR: '1' })).replaceAll('\r\n', '\n');
  expect(screen).toContain('evil XT');
  expect(screen).not.toMatch(dangerous);
});

test('wasp telemetry says where messages come from and where they lie', async () => {
  const url = 'https://example.com/messages.json';
  const env = { ...user.env, WASP_MESSAGES_URL: url };
  const status = async (args: string[]) => (await runWasp(['telemetry', ...args], { ...user, env })).stdout;
  // Lines may break anywhere.
  const words = (await status([])).replaceAll(/\s+/g, ' ');
  expect(words).toContain(`come with the answer to a report, or else from ${url}`);
  const directory = join(user.home.telemetry, '../messages');
  expect(JSON.parse(await status(['--json'])).messages).toEqual({ source: url, directory });
});

test('20 senders at once, each with another document, leave the newest', async () => {
  const serials = Array.from({ length: 20 }, (_, n) => n + 1).sort(() => Math.random() - 0.5);
  const receiver = await startReceiver(
    answering(() => {
      const serial = serials.pop() as number;
      return user.maintainer.answer([makeMessage({ title: `Number ${serial}` })], { serial });
    }),
  );
  const projects = Array.from({ length: 20 }, (_, n) => user.home.makeProject(`at-once-${n}`));
  const env = { ...user.env, WASP_TELEMETRY_URL: receiver.url };
  await Promise.all(projects.map((cwd) => runWasp(['info'], { ...user, env, cwd })));
  await receiver.received(20);
  await user.settled();
  expect(await titles()).toEqual(['Number 20']);
});
