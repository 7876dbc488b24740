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
