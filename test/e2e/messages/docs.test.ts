/** docs/messages.md, followed word by word: each command of its part for maintainers, in order, by a shell. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { path } from '../../../scripts/paths.ts';
import { startCollector } from '../../collector/support/collector-process.ts';
import { documentIn } from '../../collector/support/desk.ts';
import { Home } from '../../support/home.ts';
import { testWithOpenssl } from '../../support/openssl.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { runInTerminal } from '../../support/terminal.ts';
import { until } from '../../support/until.ts';

const PASSPHRASE = 'open sesame';

/** The commands in the blocks of a part of the page. */
function commandsOf(title: string): string[] {
  const page = readFileSync(path('docs/messages.md'), 'utf8');
  const part = page.split(/^(?=##+ )/m).find((one) => one.split('\n', 1)[0]?.endsWith(title));
  const blocks = [...(part ?? '').matchAll(/^ *```\n([\s\S]*?)^ *```$/gm)];
  return blocks.flatMap(([, block = '']) =>
    block
      .trim()
      .split('\n')
      .map((line) => line.trim()),
  );
}

/** A maintainer at a terminal, who has the executables and reads the page. */
function reader() {
  const home = new Home();
  const bin = temporaryDirectory();
  symlinkSync(path('dist/wasp-collector'), join(bin, 'wasp-collector'));
  const names: Record<string, string> = { DIR: temporaryDirectory() };
  const env = { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', PATH: `${bin}:/usr/bin:/bin` };
  mkdirSync(join(home.folder, 'desk'));

  /** Types a command as the page has it, and the passphrase as often as it is asked for. */
  async function type(command: string): Promise<string> {
    const named = command.replace(/\bDIR\b|<\w+>/g, (name) => names[name] ?? name);
    const cwd = join(home.folder, 'desk');
    const terminal = runInTerminal(['bash', '-c', named], { home, env, cwd });
    let asked = 0;
    const answering = setInterval(() => {
      const questions = terminal.screen().match(/(passphrase of .*|once more|enter pass phrase.*):/gi) ?? [];
      for (; asked < questions.length; asked += 1) terminal.type(`${PASSPHRASE}\r`);
    }, 20);
    const code = await terminal.ended;
    clearInterval(answering);
    expect([command, code, code === 0 ? '' : terminal.screen()]).toEqual([command, 0, '']);
    return terminal.screen();
  }

  return { home, names, type };
}

testWithOpenssl('every command of the page works, in this order, and users get what it says', async () => {
  const { home, names, type } = reader();
  const data = names.DIR as string;
  const collector = await startCollector(data);
  const served = async () => {
    const answer = await fetch(`${collector.url}/messages.json`);
    return answer.ok ? JSON.parse(await answer.text()) : undefined;
  };
  const all = async (title: string) => {
    const screens: string[] = [];
    for (const command of commandsOf(title)) screens.push(await type(command));
    return screens;
  };

  const [keygen = '', build = ''] = commandsOf('Once: a key');
  names['<key>'] = /[\w+/]{43}=/.exec(await type(keygen))?.[0] as string;
  expect(build).toBe('WASP_MESSAGES_PUBLIC_KEYS="<key>" npm run build');
  const buildable = `import { builtInMessages } from ${JSON.stringify(path('scripts/built-in-messages.ts'))};
    builtInMessages(process.env);`;
  execFileSync(process.execPath, ['--input-type=module', '-e', buildable], {
    env: { ...process.env, WASP_MESSAGES_PUBLIC_KEYS: names['<key>'] },
  });

  const message = await all('Each time: a message');
  expect(message[2]).toContain('Update today.\r\n  The details follow.');
  expect(message[3]).toMatch(/^draft {2}info {2}wasp-0\.26\.0: [\s\S]*^draft {2}critical {2}cve-2026-1: /m);
  await until('the server has what was published', async () => (await served())?.signature);
  const signed = join(home.folder, 'desk/signed.json');
  expect(await served()).toEqual(JSON.parse(readFileSync(signed, 'utf8')));
  expect(message.at(-1)).toContain('withdrew cve-2026-1');

  await type('wasp-collector message export --data DIR > unsigned.json');
  await all('Signing with a hardware token, or another program');
  await until('the withdrawal is known', async () => (await published(data)).withdrawn?.[0] === 'cve-2026-1');

  names['<old>'] = names['<key>'];
  names['<new>'] = /[\w+/]{43}=/.exec(
    await type('wasp-collector keygen ~/wasp-messages-2.pem'),
  )?.[0] as string;
  await type('wasp-collector message export --data DIR > unsigned.json');
  await all('Another key');
  await until('both have signed', async () => (await served())?.signatures?.length === 1);
});

const published = async (data: string) => documentIn(join(data, 'messages/signed.json'));
