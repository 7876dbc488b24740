/** What a release build is given about messages. */
import { execFileSync } from 'node:child_process';
import { builtInMessages } from '../../../scripts/built-in-messages.ts';
import { path } from '../../../scripts/paths.ts';
import { afterwards } from '../../support/cleanup.ts';
import { correspond } from '../../support/correspondence.ts';
import { Maintainer, makeMessage } from '../../support/maintainer.ts';
import { removeFolder } from '../../support/remove-folder.ts';
import { runWasp } from '../../support/run-wasp.ts';
import { sendersGone } from '../../support/senders.ts';

test('keys that a build was given are trusted without any variable, and its statistics are linked', async () => {
  const user = await correspond();
  const folder = `.cache/built-in-keys-${process.pid}`;
  afterwards(() => removeFolder(path(folder)));
  const script = `
    import { bundle } from ${JSON.stringify(path('scripts/bundle.ts'))};
    await bundle('bin/wasp.ts', '${folder}/wasp.cjs');`;
  execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env: {
      ...process.env,
      WASP_PUBLIC_STATISTICS_URL: 'https://example.com/numbers/',
      WASP_MESSAGES_PUBLIC_KEYS: `${new Maintainer().publicKey} ${user.maintainer.publicKey}`,
    },
  });
  user.willAnswer(user.maintainer.answer([makeMessage()]));
  const run = {
    ...user,
    env: { ...user.env, WASP_MESSAGES_PUBLIC_KEY: undefined },
    program: [process.execPath, path(`${folder}/wasp.cjs`)],
  };
  await runWasp(['info'], run);
  await sendersGone(user.home);
  const { stdout } = await runWasp(['messages', '--json'], run);
  expect(JSON.parse(stdout)).toMatchObject({ receiving: true, messages: [{ id: 'hello' }] });
  expect((await runWasp(['telemetry'], run)).stdout).toContain(
    'what comes of it: https://example.com/numbers/',
  );
});

test('a build refuses what is no key and no https address', () => {
  const key = new Maintainer().publicKey;
  expect(builtInMessages({})).toEqual({
    BUILT_IN_MESSAGES_KEYS: '""',
    BUILT_IN_MESSAGES_URL: '""',
    BUILT_IN_STATISTICS_URL: '""',
  });
  expect(builtInMessages({ WASP_MESSAGES_PUBLIC_KEYS: ` ${key}\n${key} ` })).toMatchObject({
    BUILT_IN_MESSAGES_KEYS: JSON.stringify(`${key} ${key}`),
  });
  expect(() => builtInMessages({ WASP_MESSAGES_PUBLIC_KEYS: key.slice(1) })).toThrow('is not a public key');
  expect(() => builtInMessages({ WASP_MESSAGES_URL: 'http://wasp.sh/m.json' })).toThrow(
    'not an https address',
  );
  expect(() => builtInMessages({ WASP_PUBLIC_STATISTICS_URL: 'numbers' })).toThrow('not an https address');
});
