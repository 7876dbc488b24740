/** What the installer makes of signatures: a server that lies is refused, and what can't be checked is said. */
import { createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeLatest } from '../../scripts/package/catalog.ts';
import { path } from '../../scripts/paths.ts';
import { makeSecretKey, publicKeyOf, signRelease } from '../../scripts/release/signature.ts';
import { findProgram, run, Sandbox } from '../support/install/sandbox.ts';
import { shellsToTest } from '../support/install/shells.ts';
import { makeTinyRelease, TINY } from '../support/install/tiny-release.ts';

const secret = createPrivateKey(makeSecretKey());
const KEY = publicKeyOf(secret);
const OTHER_KEY = publicKeyOf(createPrivateKey(makeSecretKey()));

/** A signed tiny release in a sandbox's home, and what installs from it. */
async function signedRelease(sandbox: Sandbox, key = KEY) {
  const url = await makeTinyRelease(sandbox.home, '0.25.0');
  const folder = url.replace('file://', '');
  signRelease(folder, secret);
  const env = { WASP_TELEMETRY_DISABLE: '', WASP_INSTALL_BASE_URL: url, WASP_INSTALL_PUBLIC_KEY: key };
  return { folder, install: (...args: string[]) => sandbox.install(args, env) };
}

describe.each(shellsToTest())('under %s', (shell) => {
  describe.each(['openssl', 'minisign'])('with %s', (verifier) => {
    test('a signed release is installed, and nothing is said of it', async () => {
      using sandbox = new Sandbox(shell, ['curl', verifier]);
      const { install } = await signedRelease(sandbox);
      const { code, stdout, stderr } = await install('--require-signature');
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).not.toContain('signature');
      expect(existsSync(sandbox.wasp)).toBe(true);
    });

    test('either of two keys may have signed', async () => {
      using sandbox = new Sandbox(shell, ['curl', verifier]);
      const { install } = await signedRelease(sandbox, `${OTHER_KEY} ${KEY}`);
      expect((await install()).code).toBe(0);
    });

    test('archive and SHA256SUMS swapped together, a valid pair, are refused', async () => {
      using sandbox = new Sandbox(shell, ['curl', verifier]);
      const { folder, install } = await signedRelease(sandbox);
      const signatures = ['csr', 'minisig'].map((kind) => join(folder, `v${TINY}/SHA256SUMS.${kind}`));
      const before = signatures.map((file) => readFileSync(file));
      await makeTinyRelease(sandbox.home, 'of an attacker');
      for (const [i, file] of signatures.entries()) writeFileSync(file, before[i] as Buffer);
      signRelease(folder, secret);
      for (const [i, file] of signatures.entries()) writeFileSync(file, before[i] as Buffer);
      const { code, stderr } = await install('--version', TINY);
      expect(stderr).toContain(`The signature of v${TINY}/SHA256SUMS`);
      expect(stderr).toContain('is wrong, so nothing is installed');
      expect(code).toBe(1);
      expect(sandbox.binDirContent()).toEqual([]);
    });

    test('a signature by another key, or none at all, is refused', async () => {
      using sandbox = new Sandbox(shell, ['curl', verifier]);
      const { folder, install } = await signedRelease(sandbox, OTHER_KEY);
      expect((await install()).stderr).toContain('The signature of latest/latest.json');
      for (const kind of ['csr', 'minisig']) rmSync(join(folder, `latest/latest.json.${kind}`));
      expect((await install()).stderr).toContain('latest/latest.json has no signature at ');
      expect(sandbox.binDirContent()).toEqual([]);
    });
  });

  test('without openssl and minisign it is said that nothing was checked, and --require-signature refuses', async () => {
    using sandbox = new Sandbox(shell);
    const { install } = await signedRelease(sandbox);
    const refused = await install('--require-signature');
    expect(refused.stderr).toContain(
      "The release's signature can't be checked: that takes OpenSSL 1.1.1 or newer, or minisign",
    );
    expect([refused.code, sandbox.binDirContent()]).toEqual([1, []]);
    const { code, stdout } = await install();
    expect(stdout).toContain(
      "The release's signature is not checked: that takes OpenSSL 1.1.1 or newer, or minisign",
    );
    expect(code).toBe(0);
  });

  test('an older release that is offered as the newest is refused, signed or not', async () => {
    using sandbox = new Sandbox(shell, ['curl', 'openssl']);
    const { folder, install } = await signedRelease(sandbox);
    writeLatest(folder, '0.0.9', []);
    signRelease(folder, secret);
    for (const args of [[], ['--force'], ['--skip-signature']]) {
      const { code, stderr } = await install(...args);
      expect(stderr).toMatch(/offers 0\.0\.9 as the newest version, and 0\.1\.0 is known here already/);
      expect([code, sandbox.binDirContent()]).toEqual([1, []]);
    }
  });
});

test.each([
  ['9.0.0-rc.1', '9.0.0-rc.2'],
  ['9.0.0-rc.9', '9.0.0-rc.10'],
  ['9.0.0-beta', '9.0.0-rc.1'],
  ['9.0.0-rc.1', '9.0.0'],
  ['9.9.0', '9.10.0'],
])('of %s and %s the first is the older one', async (older, newer) => {
  using sandbox = new Sandbox('dash');
  const { folder } = await signedRelease(sandbox);
  const script = join(sandbox.home, 'install.sh');
  const text = readFileSync(path('scripts/install.sh'), 'utf8');
  const offered = async (version: string, known: string) => {
    writeFileSync(script, text.replace(/^INSTALLER_VERSION=.*$/m, `INSTALLER_VERSION=${known}`));
    writeLatest(folder, version, []);
    const env = sandbox.env({ WASP_TELEMETRY_DISABLE: '', WASP_INSTALL_BASE_URL: `file://${folder}` });
    return (await run([...sandbox.shellCommand(), script], env, sandbox.home)).stderr;
  };
  expect(await offered(older, newer)).toContain(
    `offers ${older} as the newest version, and ${newer} is known here`,
  );
  expect(await offered(newer, older)).toContain(`There is no version ${newer}`);
});

test('BusyBox’s wget, which checks no certificate, is used for https only where the signature is checked', async () => {
  const env = {
    WASP_TELEMETRY_DISABLE: '',
    WASP_INSTALL_BASE_URL: 'https://127.0.0.1:9',
    WASP_INSTALL_PUBLIC_KEY: KEY,
  };
  using sandbox = new Sandbox('busybox', ['wget']);
  const refused = await sandbox.install([], env);
  expect(refused.stderr).toContain("this wget (BusyBox's) doesn't check");
  expect(refused.code).toBe(1);
  for (const args of [['--skip-signature'], []]) {
    if (args.length === 0) sandbox.addScript('openssl', `exec ${findProgram('openssl')} "$@"`);
    // Past the check: nothing listens there.
    expect((await sandbox.install(args, env)).stderr).toContain("latest.json can't be fetched");
  }
});
