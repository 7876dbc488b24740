import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { npmLauncher, realWaspFolder } from '../../scripts/fetch-wasp.ts';
import { path } from '../../scripts/paths.ts';
import { NEWEST } from '../../scripts/test-release.ts';
import { type Misbehaviour, startReleaseServer } from '../support/install/release-server.ts';
import { findProgram, type Outcome, run, Sandbox } from '../support/install/sandbox.ts';

const ADDRESS = 'https://github.com/wasp-lang/wasp-front-end/releases/download';
const docs = readFileSync(path('docs/ci.md'), 'utf8');

/** The shell commands of the example under a heading, in order, as the service would run them. */
const COMMANDS: Record<string, (example: string) => string[]> = {
  'GitHub Actions': (example) => [
    lines(example.slice(example.indexOf('run: |')), /^ {10}(.*)$/gm).join('\n'),
    // The service reads the file before the next step.
    'PATH="$(cat "$GITHUB_PATH"):$PATH"',
  ],
  'GitLab CI': (example) => [
    'WASP_BIN_DIR=$CI_PROJECT_DIR/.wasp-bin',
    ...lines(example, /^ {4}- (.*)$/gm).filter((line) => line !== 'wasp build'),
  ],
  Docker: (example) => [
    ...lines(example, /^RUN (.*)$/gm).filter((line) => !line.startsWith('apt-get')),
    ...lines(example, /^ENV (PATH=.*)$/gm),
  ],
};
const HEADINGS = Object.keys(COMMANDS);

/** Runs the example's commands, and then asks for the version of `wasp`. */
async function follow(heading: string, sandbox: Sandbox, url: string): Promise<Outcome> {
  const example = docs.match(new RegExp(`^## ${heading}\n+\`\`\`\\w+\n(.*?)^\`\`\``, 'ms'))?.[1] ?? '';
  const commands = COMMANDS[heading]?.(example) ?? [];
  const prefix = join(sandbox.home, 'prefix');
  if (!existsSync(prefix)) prepare(sandbox, prefix, url);
  const script = ['set -e', ...commands, 'command -v wasp', 'wasp --version'].join('\n');
  const env = sandbox.env({
    PATH: `${prefix}/bin:${sandbox.tools}`,
    GITHUB_PATH: join(sandbox.home, 'github-path'),
    CI_PROJECT_DIR: sandbox.home,
    CI: 'true',
    DO_NOT_TRACK: '1',
    WASP_INSTALL_BASE_URL: url,
    npm_config_prefix: prefix,
  });
  const command = script.replaceAll('/usr/local', `${sandbox.home}/usr/local`);
  return run([findProgram('sh') as string, '-c', command], env, sandbox.home);
}

/** A machine on which npm leaves the real Wasp where it puts global packages, and the address leads to the server. */
function prepare(sandbox: Sandbox, prefix: string, url: string): void {
  mkdirSync(join(prefix, 'bin'), { recursive: true });
  mkdirSync(join(prefix, 'lib'));
  symlinkSync(process.execPath, join(prefix, 'bin/node'));
  symlinkSync(join(realWaspFolder, 'node_modules'), join(prefix, 'lib/node_modules'));
  symlinkSync(npmLauncher, join(prefix, 'bin/wasp'));
  sandbox.addScript('npm', '[ "$*" = "i -g @wasp.sh/wasp-cli@0.25.0" ]');
  sandbox.addTool('sh');
  sandbox.addScript(
    'curl',
    `for word; do
  shift
  case $word in ${ADDRESS}/*) word=${url}\${word#${ADDRESS}} ;; esac
  set -- "$@" "$word"
done
exec ${findProgram('curl')} "$@"`,
  );
}

test.each(HEADINGS)(
  'the commands for %s install the front end, which finds the Wasp of npm',
  async (heading) => {
    using sandbox = new Sandbox('dash');
    await using server = await startReleaseServer();
    const first = await follow(heading, sandbox, server.url);
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toContain('It hands over to the Wasp that is here: 0.25.0  (');
    expect(first.stdout).toMatch(/wasp-?\/?bin\/wasp\nfront end .*\nwasp {7}0\.25\.0 .*\n$/);
    expect(server.asked).toContain(`/v${NEWEST}/install.sh`);

    // As in the next job, whose cache has the folder.
    const asked = server.asked.length;
    const second = await follow(heading, sandbox, server.url);
    expect(second.stdout).toContain(`Wasp's front end ${NEWEST} is installed already`);
    expect(server.asked.slice(asked)).toEqual([`/v${NEWEST}/install.sh`]);
  },
);

const notThere: Misbehaviour = (_, response) => {
  response.writeHead(404).end();
  return true;
};

test.each(HEADINGS)(
  'a download that fails ends the job of %s, before anything runs npm’s wasp',
  async (heading) => {
    for (const file of ['install.sh', 'SHA256SUMS', '.tar.gz']) {
      using sandbox = new Sandbox('dash');
      await using server = await startReleaseServer(
        (path, response) => path.endsWith(file) && notThere(path, response),
      );
      const { code, stdout } = await follow(heading, sandbox, server.url);
      expect(code).not.toBe(0);
      expect(stdout).not.toContain('front end  ');
      expect(existsSync(sandbox.wasp)).toBe(false);
    }
  },
);

function lines(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, line]) => line as string);
}
