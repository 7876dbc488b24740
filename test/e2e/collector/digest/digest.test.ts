import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { demoYear } from '../../../../src/collector/demo-data/year.ts';
import { openStore } from '../../../../src/collector/store/open-store.ts';
import { executable } from '../../../collector/support/collector-process.ts';
import { DEMO_NOW } from '../../../collector/support/demo-report.ts';
import { temporaryFolder } from '../../../support/home.ts';
import { digest } from './support/digest-command.ts';
import { type Mime, mimePart } from './support/mime.ts';
import { discordReceiver, jsonReceiver, mailReceiver, slackReceiver } from './support/receivers.ts';

const data = temporaryFolder();

beforeAll(() => {
  const store = openStore(data);
  for (const day of demoYear({ seed: 1, scale: 0.05, until: DEMO_NOW })) store.insert(day);
  store.catchUp();
  store.close();
});

/** A place of its own to remember in what was posted. */
const state = () => ['--state', temporaryFolder()];

test.each([
  ['a Tuesday', '2026-11-17T07:00Z', 1],
  ['a Monday', '2026-11-16T07:00Z', 2],
  ['the 1st, a Sunday', '2026-11-01T07:00Z', 2],
])('on %s it has as many sentences as periods that have ended', async (_, now, sentences) => {
  const { stdout } = await digest(data, ['--now', now]);
  const [head = ''] = stdout.split('```');
  expect(head.trim().split('\n')).toHaveLength(1 + sentences);
  expect(stdout.length).toBeLessThanOrEqual(1900);
});

test('ids that standard input names are left out of every sentence', () => {
  const ids = new Set<string>();
  for (const day of demoYear({ seed: 1, scale: 0.05, until: DEMO_NOW })) {
    for (const { distinctId } of day) if (ids.size < 2000) ids.add(distinctId);
  }
  const list = [...ids].join('\n');
  const file = join(temporaryFolder(), 'ids');
  writeFileSync(file, list);
  // A Monday: of yesterday and of the week.
  const args = ['digest', '--data', data, '--now', '2026-11-16T07:00Z'];
  const withIds = (from: string) =>
    execFileSync(executable, [...args, '--exclude-file', from], { input: list, encoding: 'utf8' });
  expect(withIds('-')).toBe(withIds(file));
  expect(withIds('-')).not.toBe(execFileSync(executable, args, { encoding: 'utf8' }));
});

test('Discord gets the text and a picture that decodes', async () => {
  const receiver = await discordReceiver();
  const answer = await digest(data, ['--to', 'discord', ...state()], {
    WASP_COLLECTOR_DISCORD_URL: receiver.url,
  });
  expect(answer).toMatchObject({ code: 0, stdout: 'posted to discord: Wasp, 2026-11-21\n' });
  const [message] = receiver.accepted as { payload: { content: string }; png: Buffer; type: string }[];
  expect(message?.payload.content).toMatch(/active yesterday/);
  expect(message?.type).toBe('image/png');
  const { width, height, data: pixels } = PNG.sync.read(message?.png as Buffer);
  expect([width, height > 800]).toEqual([1440, true]);
  // The bars of the chart are there, in the colour that users of a day have.
  expect(countOf(pixels, [0xc4, 0x84, 0x00])).toBeGreaterThan(1000);
});

test('the same store gives the same picture', async () => {
  const [one, other] = [1, 2].map((number) => join(temporaryFolder(), `${number}.png`)) as [string, string];
  await digest(data, ['--png', one]);
  await digest(data, ['--png', other]);
  expect(readFileSync(one).equals(readFileSync(other))).toBe(true);
});

test('Slack gets blocks inside its limits, with a link', async () => {
  const receiver = await slackReceiver();
  const options = ['--to', 'slack', '--link', 'https://example.com/?a=1&b=2', ...state()];
  expect(await digest(data, options, { WASP_COLLECTOR_SLACK_URL: receiver.url })).toMatchObject({ code: 0 });
  expect(JSON.stringify(receiver.accepted[0])).toContain('<https://example.com/?a=1&b=2|Every figure>');
});

test('a mail has both texts, the picture inside, and says how to leave the list', async () => {
  const receiver = await mailReceiver();
  const options = [
    '--to',
    'mail',
    '--mail-to',
    'team@example.com',
    '--mail-from',
    'Wasp <digest@example.com>',
    ...state(),
  ];
  expect(await digest(data, options, { WASP_COLLECTOR_SMTP_URL: receiver.url })).toMatchObject({ code: 0 });
  const [mail = ''] = receiver.mails;
  const whole = mimePart(mail);
  expect(whole.headers).toMatchObject({
    'list-unsubscribe': '<mailto:digest@example.com?subject=unsubscribe> (the digest of Wasp’s reports)',
    'auto-submitted': 'auto-generated',
    to: 'team@example.com',
  });
  // Beside the plain text the HTML, and beside that the picture which it shows.
  expect(whole.type).toBe('multipart/alternative');
  const [plain, related] = whole.parts as [Mime, Mime];
  expect([plain.type, related.type]).toEqual(['text/plain', 'multipart/related']);
  const [page, picture] = related.parts as [Mime, Mime];
  expect([page.type, picture.type]).toEqual(['text/html', 'image/png']);
  expect(String(plain.content)).toMatch(/active yesterday.*installed/s);
  const id = picture.headers['content-id']?.replace(/[<>]/g, '');
  expect(String(page.content)).toContain(`<img src="cid:${id}"`);
  expect(picture.headers['content-disposition']).toMatch(/^inline/);
  expect(PNG.sync.read(picture.content).width).toBe(1440);
});

test('a mail that one of two is not to get is posted to the other, once, and the first is named', async () => {
  const receiver = await mailReceiver({ refuses: 'gone@example.com' });
  const mailTo = ['--to', 'mail', '--mail-to', 'gone@example.com', 'team@example.com', ...state()];
  const env = { WASP_COLLECTOR_SMTP_URL: receiver.url };
  const { code, stderr } = await digest(data, mailTo, env);
  expect([code, stderr]).toEqual([1, 'wasp-collector: mail: not accepted for gone@example.com\n']);
  expect((await digest(data, mailTo, env)).stderr).toContain('--again');
  expect(receiver.mails).toHaveLength(1);
});

test('a webhook gets numbers, signed with the secret', async () => {
  const receiver = await jsonReceiver();
  const env = { WASP_COLLECTOR_WEBHOOK_URL: receiver.url, WASP_COLLECTOR_WEBHOOK_SECRET: 'between us' };
  expect(await digest(data, ['--to', 'webhook', ...state()], env)).toMatchObject({ code: 0 });
  const [request] = receiver.requests;
  const expected = createHmac('sha256', 'between us')
    .update(request?.body as Buffer)
    .digest('hex');
  expect(request?.headers['x-wasp-collector-signature']).toBe(`sha256=${expected}`);
  expect(receiver.accepted[0]).toMatchObject({ periods: [{ unit: 'day', label: '2026-11-21' }] });
});

test('a period is posted once, unless it is said again', async () => {
  const receiver = await jsonReceiver();
  const env = { WASP_COLLECTOR_WEBHOOK_URL: receiver.url, WASP_COLLECTOR_WEBHOOK_SECRET: 'x' };
  const options = ['--to', 'webhook', ...state()];
  expect((await digest(data, options, env)).code).toBe(0);
  expect(await digest(data, options, env)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--again'),
  });
  expect((await digest(data, [...options, '--again'], env)).code).toBe(0);
  expect(receiver.accepted).toHaveLength(2);
});

test('a server that fails is asked again', async () => {
  const receiver = await jsonReceiver();
  receiver.failures = 2;
  const env = { WASP_COLLECTOR_WEBHOOK_URL: receiver.url, WASP_COLLECTOR_WEBHOOK_SECRET: 'x' };
  expect((await digest(data, ['--to', 'webhook', ...state()], env)).code).toBe(0);
  expect(receiver.requests).toHaveLength(3);
});

test('one destination that fails is named without its address, and the other is served', async () => {
  const [broken, good] = [await jsonReceiver(), await discordReceiver()];
  broken.failures = Number.POSITIVE_INFINITY;
  const env = {
    WASP_COLLECTOR_WEBHOOK_URL: broken.url,
    WASP_COLLECTOR_WEBHOOK_SECRET: 'x',
    WASP_COLLECTOR_DISCORD_URL: good.url,
  };
  const folder = state();
  const answer = await digest(data, ['--to', 'webhook', 'discord', '--retry-for', '1', ...folder], env);
  expect(answer).toMatchObject({ code: 1, stderr: 'wasp-collector: webhook: answered 500\n' });
  expect(good.accepted).toHaveLength(1);
  broken.failures = 0;
  expect((await digest(data, ['--to', 'webhook', ...folder], env)).code).toBe(0);
});

test('an address may stand in a file, and never appears in what is printed', async () => {
  const file = join(temporaryFolder(), 'url');
  writeFileSync(file, 'http://127.0.0.1:9/hooks/s3cret-part\n');
  chmodSync(file, 0o600);
  const options = ['--to', 'discord', '--retry-for', '1', ...state()];
  const { code, stderr } = await digest(data, options, { WASP_COLLECTOR_DISCORD_URL_FILE: file });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^wasp-collector: discord: can't be reached/);
  expect(stderr).not.toContain('s3cret-part');
});

test.each(['http://example.com/s3cret-part', 'ftp://127.0.0.1/s3cret-part', 'nonsense s3cret-part'])(
  'an address that would be sent in clear is refused without being repeated: %s',
  async (url) => {
    const { code, stderr } = await digest(data, ['--to', 'slack', ...state()], {
      WASP_COLLECTOR_SLACK_URL: url,
    });
    expect(code).toBe(1);
    expect(stderr).toContain('WASP_COLLECTOR_SLACK_URL');
    expect(stderr).not.toContain('s3cret-part');
  },
);

test('a dry run prints it, posts nothing and remembers nothing', async () => {
  const receiver = await discordReceiver();
  const [option, folder = ''] = state();
  const env = { WASP_COLLECTOR_DISCORD_URL: receiver.url };
  const answer = await digest(data, ['--to', 'discord', '--dry-run', option as string, folder], env);
  expect(answer).toMatchObject({ code: 0, stdout: expect.stringContaining('active yesterday') });
  expect(receiver.requests).toHaveLength(0);
  expect((await digest(data, ['--to', 'discord', option as string, folder], env)).code).toBe(0);
});

/** Pixels of one colour. */
function countOf(pixels: Buffer, [red, green, blue]: readonly number[]): number {
  let count = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at] === red && pixels[at + 1] === green && pixels[at + 2] === blue) count += 1;
  }
  return count;
}
