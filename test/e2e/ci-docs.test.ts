import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { npmLauncher, realWaspFolder } from '../../scripts/fetch-wasp.ts';
import { path } from '../../scripts/paths.ts';
import { NEWEST } from '../../scripts/test-release.ts';
import { startReleaseServer } from '../support/install/release-server.ts';
import { findProgram, run, Sandbox } from '../support/install/sandbox.ts';

// Unpacking 110 MB takes long on a busy machine.
jest.setTimeout(180_000);

const docs = readFileSync(path('docs/ci.md'), 'utf8');

/** The shell commands of the example under a heading, in order. */
const COMMANDS: Record<string, (example: string) => string[]> = {
  'GitHub Actions': (example) => [
    ...lines(example, /^ {10}(.*)$/gm).filter((line) => line !== 'node-version: 24'),
    'PATH="$(cat "$GITHUB_PATH"):$PATH"',
  ],
  'GitLab CI': (example) => lines(example, /^ {4}- (.*)$/gm).filter((line) => line !== 'wasp build'),
  Docker: (example) => [
    ...lines(example, /^RUN (.*)$/gm).filter((line) => !line.startsWith('apt-get')),
    ...lines(example, /^ENV (PATH=.*)$/gm),
  ],
};

test.each(Object.keys(COMMANDS))(
  'the commands for %s install the front end, which finds the Wasp of npm',
  async (heading) => {
    using sandbox = new Sandbox('dash');
    await using server = await startReleaseServer();
    const example = docs.match(new RegExp(`^## ${heading}\n+\`\`\`\\w+\n(.*?)^\`\`\``, 'ms'))?.[1] ?? '';
    const commands = COMMANDS[heading]?.(example) ?? [];
    expect(commands.join('\n')).toContain('install.sh | sh -s -- --version ');

    // As npm would leave the real Wasp: node, and the packages where it puts global ones.
    const prefix = join(sandbox.home, 'prefix');
    mkdirSync(join(prefix, 'bin'), { recursive: true });
    mkdirSync(join(prefix, 'lib'));
    symlinkSync(process.execPath, join(prefix, 'bin/node'));
    symlinkSync(join(realWaspFolder, 'node_modules'), join(prefix, 'lib/node_modules'));
    symlinkSync(npmLauncher, join(prefix, 'bin/wasp'));
    sandbox.addScript('npm', '[ "$*" = "i -g @wasp.sh/wasp-cli@0.25.0" ]');
    sandbox.addTool('sh');

    const script = ['set -e', ...commands, 'command -v wasp', 'wasp --version']
      .join('\n')
      .replaceAll('https://wasp-lang.github.io/wasp-front-end', server.url)
      .replace(/ --version [\d.]+/, ` --version ${NEWEST}`)
      .replaceAll('/usr/local', `${sandbox.home}/usr/local`);
    const { stdout, stderr, code } = await run(
      [findProgram('sh') as string, '-c', script],
      sandbox.env({
        PATH: `${prefix}/bin:${sandbox.tools}`,
        GITHUB_PATH: join(sandbox.home, 'github-path'),
        DO_NOT_TRACK: '1',
        WASP_INSTALL_BASE_URL: server.url,
        npm_config_prefix: prefix,
      }),
      sandbox.home,
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/It hands over to the Wasp that is here: 0\.25\.0 {2}\(.*\/prefix\/.*\n/);
    expect(stdout).toMatch(/wasp\/bin\/wasp\nfront end .*\nwasp {7}0\.25\.0 .*\n$/);
  },
);

function lines(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, line]) => line as string);
}
