import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { answerInTerminal } from '../support/install/answer-in-terminal.ts';
import { findProgram, run, Sandbox } from '../support/install/sandbox.ts';
import { shellsToTest } from '../support/install/shells.ts';
import { makeTinyRelease } from '../support/install/tiny-release.ts';

const NPM = 'npm i -g @wasp.sh/wasp-cli@latest';
const SCRIPT = join(__dirname, '../../scripts/install.sh');

/** A sandbox and what an installation into it, from a tiny release, says after "Installed". */
async function installTiny(
  sandbox: Sandbox,
  { wasp = '0.25.0', env = {}, args = [] as string[] } = {},
): Promise<string> {
  const url = await makeTinyRelease(sandbox.home, wasp);
  const { code, stdout, stderr } = await sandbox.install(args, {
    WASP_TELEMETRY_DISABLE: '',
    WASP_INSTALL_BASE_URL: url,
    ...env,
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.replace(/^.*?\nInstalled .*?\n/s, '');
}

describe.each(shellsToTest())('under %s', (shell) => {
  test('where PATH leads to the new wasp, there is nothing to say but which Wasp it hands over to', async () => {
    using sandbox = new Sandbox(shell);
    const env = { PATH: `${sandbox.binDir}:${sandbox.tools}` };
    expect(await installTiny(sandbox, { env })).toBe('It hands over to the Wasp that is here: 0.25.0\n');
  });

  test('where PATH does not have its folder, it says how to put it there', async () => {
    using sandbox = new Sandbox(shell);
    expect(await installTiny(sandbox, { env: { SHELL: '/bin/zsh' } })).toBe(
      `It hands over to the Wasp that is here: 0.25.0
${sandbox.binDir} is not on your PATH. To put it there:
  echo 'export PATH="$HOME/.wasp/bin:$PATH"' >> ~/.zshrc
Then open a new terminal.
`,
    );
  });

  test('where another wasp comes first on PATH, it names it', async () => {
    using sandbox = new Sandbox(shell);
    sandbox.addScript('wasp', 'exit 1');
    const env = { SHELL: '/usr/bin/fish', PATH: `${sandbox.tools}:${sandbox.binDir}` };
    expect(await installTiny(sandbox, { env })).toContain(
      `Another wasp comes first on your PATH: ${sandbox.tools}/wasp. To put ${sandbox.binDir} before it:
  fish_add_path --move "$HOME/.wasp/bin"
`,
    );
  });

  test('where no Wasp is installed, and npm is there but no terminal, it names the command and runs nothing', async () => {
    using sandbox = new Sandbox(shell);
    sandbox.addScript('npm', 'echo called; exit 1');
    const said = await installTiny(sandbox, { wasp: 'not installed  (…)' });
    expect(said).toContain(`Wasp itself is not installed yet. Install it with:\n  ${NPM}\n`);
    expect(said).not.toContain('called');
  });

  test('where no Wasp is installed and no npm either, it names Node.js first', async () => {
    using sandbox = new Sandbox(shell);
    expect(await installTiny(sandbox, { wasp: 'not installed  (…)' })).toContain(
      `It comes through npm, which is not here: install Node.js (https://nodejs.org), then run:\n  ${NPM}\n`,
    );
  });

  test.each([
    ['y', 'i -g @wasp.sh/wasp-cli@latest\n', ''],
    ['', 'i -g @wasp.sh/wasp-cli@latest\n', ''],
    ['n', undefined, `Install it with:\r\n  ${NPM}\r\n`],
  ])('on a terminal it asks whether to install Wasp; the answer %j', async (answer, called, said) => {
    using sandbox = new Sandbox(shell);
    sandbox.addScript('npm', 'echo "$*" >>"$HOME/npm-called"');
    const { code, screen } = await installInTerminal(sandbox, answer);
    expect(screen).toContain(said);
    expect(code).toBe(0);
    expect(sandbox.read('npm-called')).toBe(called);
  });

  test('the end of the input is a no, which is told in a line of its own', async () => {
    using sandbox = new Sandbox(shell);
    sandbox.addScript('npm', 'echo "$*" >>"$HOME/npm-called"');
    const { code, screen } = await installInTerminal(sandbox, '', '\x04');
    expect(screen).toMatch(/\[Y\/n\] (\^D[\b]{2})?\r\nWasp itself is not installed yet\. Install it with:/);
    expect([code, sandbox.read('npm-called')]).toEqual([0, undefined]);
  });

  test('npm failing is told, and the front end stays installed', async () => {
    using sandbox = new Sandbox(shell);
    sandbox.addScript('npm', 'exit 1');
    const { code, screen } = await installInTerminal(sandbox, 'y');
    expect(screen).toContain(`npm could not install Wasp itself. Try again later with: ${NPM}`);
    expect(code).toBe(0);
    expect(sandbox.binDirContent()).toEqual(['wasp']);
  });
});

/** As `curl … | sh` in a terminal: the script is standard input. */
async function installInTerminal(sandbox: Sandbox, answer: string, end?: string) {
  const url = await makeTinyRelease(sandbox.home, 'not installed  (…)');
  const command = `${sandbox.shellCommand().join(' ')} <'${SCRIPT}'`;
  const question = 'Wasp itself is not installed yet. Install it now with npm? [Y/n] ';
  const env = sandbox.env({ WASP_TELEMETRY_DISABLE: '', WASP_INSTALL_BASE_URL: url });
  return answerInTerminal(command, { question, answer, ...(end && { end }) }, env);
}

test.each([
  [
    '/bin/bash',
    `echo 'export PATH="$HOME/.wasp/bin:$PATH"' >> ~/${process.platform === 'darwin' ? '.bash_profile' : '.bashrc'}`,
  ],
  ['/bin/tcsh', `echo 'setenv PATH "$HOME/.wasp/bin:$PATH"' >> ~/.tcshrc`],
  ['/bin/csh', `echo 'setenv PATH "$HOME/.wasp/bin:$PATH"' >> ~/.cshrc`],
  ['/bin/ksh', `echo 'export PATH="$HOME/.wasp/bin:$PATH"' >> ~/.profile`],
  ['', `echo 'export PATH="$HOME/.wasp/bin:$PATH"' >> ~/.profile`],
])('the hint for %s is in its syntax', async (SHELL, line) => {
  using sandbox = new Sandbox('dash');
  expect(await installTiny(sandbox, { env: { SHELL } })).toContain(`\n  ${line}\n`);
});

test.each(['bash', 'zsh'])(
  'the hint for %s does what it says, whatever the folder is called',
  async (name) => {
    const shell = findProgram(name);
    // .ci/run installs both.
    if (!shell) return void process.stderr.write(`NOT TESTED, not installed here: the hint for ${name}\n`);
    using sandbox = new Sandbox('dash');
    const folder = join(sandbox.home, 'a "$(false)" `b` \\ folder');
    const said = await installTiny(sandbox, { env: { SHELL: shell }, args: ['--bin-dir', folder] });
    const line = said.match(/^ {2}(.*)$/m)?.[1] as string;
    const env = sandbox.env({ SHELL: shell });
    await run([shell, '-c', line], env, sandbox.home);
    const { stdout } = await run([shell, '-c', `. ~/.${name}rc; command -v wasp`], env, sandbox.home);
    expect(stdout).toBe(`${folder}/wasp\n`);
  },
);

test('a folder on PATH is known through a link, too', async () => {
  using sandbox = new Sandbox('dash');
  mkdirSync(sandbox.binDir, { recursive: true });
  symlinkSync(sandbox.binDir, join(sandbox.home, 'link'));
  const env = { PATH: `${sandbox.home}/link:${sandbox.tools}` };
  expect(await installTiny(sandbox, { env })).not.toContain('PATH');
});
