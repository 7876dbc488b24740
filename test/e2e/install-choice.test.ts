import vendors from 'ci-info/vendors.json' with { type: 'json' };
import { path } from '../../scripts/paths.ts';
import { run, Sandbox } from '../support/install/sandbox.ts';

const QUICK = ['--version', '9.9.9'];

test('what `wasp telemetry enable` and the notice write is a yes here, what `disable` writes is a no', async () => {
  for (const [word, sent] of [
    ['enable', true],
    ['disable', false],
  ] as const) {
    using sandbox = new Sandbox('dash');
    const env = sandbox.env();
    expect((await run([path('dist/wasp'), 'telemetry', word], env, sandbox.home)).code).toBe(0);
    const { stdout } = await sandbox.install(QUICK);
    expect(stdout.includes('Counting this install')).toBe(sent);
  }
});

test('what is CI for wasp is CI here', async () => {
  const counted: unknown[] = [];
  for (const { name, env } of vendors) {
    using sandbox = new Sandbox('dash');
    const { stdout } = await sandbox.install(QUICK, settingsOf(env));
    if (stdout.includes('Counting')) counted.push(name);
  }
  expect(counted).toEqual([]);
});

/** The variables of a service in ci-info's list. */
function settingsOf(env: (typeof vendors)[number]['env']): Record<string, string> {
  if (typeof env === 'string') return { [env]: '1' };
  if (Array.isArray(env)) return Object.fromEntries((env as string[]).map((name) => [name, '1']));
  if ('any' in env) return { [env.any.at(-1) as string]: '1' };
  if ('includes' in env) return { [String(env.env)]: `${env.includes}` };
  return env as Record<string, string>;
}
