import { execFileSync } from 'node:child_process';
import { viaShell } from '../../../src/front-end/handoff/via-shell.ts';
import { fakeHost } from '../../support/fake-host.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

/** A host whose kernel holds these bytes, and whose strings are what Node makes of them. */
function hostOf(argv: Buffer[], env: Buffer[]) {
  const entries = env.map((entry) => entry.toString()).map((entry) => entry.split('='));
  return fakeHost({
    argv: argv.map((argument) => argument.toString()),
    env: Object.fromEntries(entries.map(([name, ...value]) => [name, value.join('=')])),
    rawBytes: () => ({ argv, env }),
  });
}

/** Runs what viaShell has in mind, with a program in the real Wasp's place that shows its bytes in hexadecimal. */
function shown(argv: Buffer[], env: Buffer[], script: string): string[] {
  const host = hostOf(argv, env);
  const command = { file: '/bin/sh', args: ['-c', script, 'sh', ...host.argv] };
  const detour = viaShell(host, command, host.env);
  if (!detour) throw new Error('no detour was made');
  const environment = detour.env as NodeJS.ProcessEnv;
  return execFileSync(detour.program.file, detour.program.args, { env: environment, encoding: 'utf8' })
    .trim()
    .split('\n');
}

test('nothing to repair, no detour', () => {
  const host = hostOf([bytes('deploy'), Buffer.from('zwölf')], [bytes('A=1')]);
  expect(viaShell(host, { file: '/wasp', args: host.argv }, host.env)).toBeUndefined();
});

test.each([
  '\xff',
  'a\xc3',
  '\xff\n',
  '\xff\n\n',
  '\n\xff',
  "'\xff'",
  '$(\xff)',
  '%s\xff\\n',
  '-n\xff',
  '\xed\xa0\x80',
])('the argument %j arrives byte for byte', (text) => {
  const hex = 'for a; do printf %s "$a" | od -An -v -tx1 | tr -d " \\n"; echo; done';
  const argv = [bytes(text), bytes('plain'), bytes("it's")];
  expect(shown(argv, [bytes('PATH=/usr/bin:/bin')], hex)).toEqual(argv.map((arg) => arg.toString('hex')));
});

test('variables arrive byte for byte, whatever their names, and none is added', () => {
  const env = [
    bytes('PATH=/usr/bin:/bin'),
    bytes('BAD=\xff=\xfe'),
    bytes('dotted.name=1'),
    bytes('BASH_FUNC_f%%=() { :; }'),
    bytes('QUOTED=\'"$'),
  ];
  const list = `tr '\\0' '\\n' </proc/$$/environ | od -An -v -tx1 | tr -d ' \\n'`;
  const [hex = ''] = shown([bytes('x')], env, list);
  const entries = Buffer.from(hex, 'hex').toString('latin1').trim().split('\n');
  expect(entries.sort()).toEqual(env.map((entry) => entry.toString('latin1')).sort());
});

test('nohup’s wish is renewed: SIGHUP is ignored', () => {
  const host = fakeHost({ argv: ["it's"], env: { _: '/usr/bin/nohup', PATH: '/usr/bin:/bin' } });
  const command = { file: '/bin/sh', args: ['-c', 'kill -HUP $$; echo "survived $1"', 'sh', ...host.argv] };
  const detour = viaShell(host, command, host.env);
  const { file, args } = detour?.program ?? { file: '', args: [] };
  expect(execFileSync(file, args, { encoding: 'utf8' })).toBe("survived it's\n");
});
