/** `wasp new`, and `info` and `deps` in what it has made: byte for byte as the real Wasp run bare. */
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { realWaspData } from '../../scripts/fetch-wasp.ts';
import { filesBelow, Home } from '../support/home.ts';
import { REAL_WASP } from '../support/programs.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { DIST_WASP, type Ending, runWasp, type Variables } from '../support/run-wasp.ts';
import { sendersGone } from '../support/senders.ts';

jest.setTimeout(600_000);

const home = new Home();
/** Where the projects are made, each in its turn: a project's files name their place. */
const place = home.folder;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

/** How this machine reaches the npm registry. */
const registry = Object.fromEntries(
  Object.entries(process.env).filter(([name]) =>
    /^npm_config_(registry|cafile|https?_proxy)$|_CERTS?(_FILE)?$/i.test(name),
  ),
);

function run(args: string[], program: string, env: Variables, cwd: string): Promise<Ending> {
  const all = {
    ...registry,
    PATH: process.env.PATH,
    npm_config_update_notifier: 'false',
    npm_config_cache: join(home.folder, 'npm-cache'),
    WASP_TELEMETRY_URL: receiver.url,
    ...env,
  };
  return runWasp(args, { home, env: all, program: [program], cwd });
}

const bare = (args: string[], cwd: string) =>
  run(args, REAL_WASP, { waspc_datadir: realWaspData, WASP_TELEMETRY_DISABLE: '1' }, cwd);
const frontEnd = (args: string[], cwd: string) => run(args, DIST_WASP, { WASP_BIN: REAL_WASP }, cwd);

/** Takes out what differs between two bare runs: npm's time, and what Wasp says to those who wait for npm. */
function steady({ stdout, ...rest }: Ending): Ending {
  const waiting = /(Starting npm install\n)[\s\S]*?(\n[^\n]*added \d+ packages) in \S+/;
  return { ...rest, stdout: stdout.replace(waiting, '$1$2') };
}

/** The files that were made, with their contents; what npm has installed by name. */
function made(name: string): Record<string, string> {
  const project = join(place, name);
  const own = filesBelow(project).filter((file) => !file.includes('node_modules/'));
  const installed = filesBelow(join(project, 'node_modules')).map((file) => file.split('/')[0]);
  const contents = own.map((file) => [file, readFileSync(join(project, file), 'latin1')]);
  return { ...Object.fromEntries(contents), node_modules: [...new Set(installed)].join(' ') };
}

test('wasp new makes the same project and says the same', async () => {
  const create = async (by: typeof bare, keptAs: string) => {
    const ending = await by(['new', 'demo', '-t', 'minimal'], place);
    renameSync(join(place, 'demo'), join(place, keptAs));
    return steady(ending);
  };
  const first = await create(bare, 'first');
  expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('Created a new Wasp app') });
  // Nothing is taken out for the front end's sake.
  expect(await create(bare, 'second')).toEqual(first);
  expect(made('second')).toEqual(made('first'));

  expect(await create(frontEnd, 'third')).toEqual(first);
  expect(made('third')).toEqual(made('first'));
  expect(receiver.connectionCount()).toBe(0);
});

test.each(['info', 'deps', 'version', 'dockerfile'])(
  'wasp %s in the new project says the same',
  async (command) => {
    const project = join(place, 'third');
    const ending = await bare([command], project);
    expect(ending.code).toBe(0);
    expect(await frontEnd([command], project)).toEqual(ending);
  },
);

test('one report has left by now, about that project', async () => {
  await receiver.received(1);
  await sendersGone(home);
  expect(receiver.requests.map(({ body }) => JSON.parse(body).properties)).toEqual([
    expect.objectContaining({ is_build: false, deploy_cmd_args: '', wasp_version: '0.25.0' }),
  ]);
});
