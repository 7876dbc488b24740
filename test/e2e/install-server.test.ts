/** What the installer makes of a server that leads it elsewhere, or sends without end. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../support/certificate.ts';
import { startReleaseServer } from '../support/install/release-server.ts';
import { findProgram, Sandbox, type Shell } from '../support/install/sandbox.ts';
import { shellsToTest } from '../support/install/shells.ts';
import { makeTinyRelease } from '../support/install/tiny-release.ts';

/** Each under its own name; the installer finds the second and the third as `wget`. */
const DOWNLOADERS = ['curl', 'wget', 'wget2'].filter((name) => {
  const isHere = findProgram(name) !== undefined;
  // .ci/run installs them all.
  if (!isHere) process.stderr.write(`NOT TESTED, not installed here: install.sh with ${name}\n`);
  return isHere;
});
const INSTALLED = /Installed Wasp's front end 1\.0\.0: /;

const certificate = makeCertificate();

/** A sandbox with one downloader, which trusts the certificate. */
async function sandboxWith(downloader: string, shell: Shell = 'dash') {
  const sandbox = new Sandbox(shell, []);
  const program = findProgram(downloader) as string;
  sandbox.addScript(downloader === 'wget2' ? 'wget' : downloader, `exec ${program} "$@"`);
  const authority = join(sandbox.home, 'authority.pem');
  writeFileSync(authority, (await certificate).cert);
  writeFileSync(join(sandbox.home, '.wget2rc'), `ca-certificate=${authority}\n`);
  writeFileSync(join(sandbox.home, 'wgetrc'), `ca_certificate=${authority}\n`);
  const env = {
    WASP_TELEMETRY_DISABLE: '',
    CURL_CA_BUNDLE: authority,
    WGETRC: join(sandbox.home, 'wgetrc'),
  };
  const url = await makeTinyRelease(sandbox.home, '0.25.0');
  return { sandbox, env, root: url.replace('file://', '') };
}

describe.each(DOWNLOADERS)('with %s', (downloader) => {
  test.each(['an address', 'a path'])('a redirect to https is followed: %s', async (kind) => {
    const { sandbox, env, root } = await sandboxWith(downloader);
    using _ = sandbox;
    await using server = await startReleaseServer(
      (path, response) => {
        if (!path.startsWith('/moved/')) return false;
        const place = path.replace('/moved', '');
        response.writeHead(302, { location: kind === 'a path' ? place : `${server.url}${place}` }).end();
        return true;
      },
      { root, certificate: await certificate },
    );
    const outcome = await sandbox.install([], { ...env, WASP_INSTALL_BASE_URL: `${server.url}/moved` });
    expect(outcome).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(INSTALLED) });
  });

  test.each([1, 2])('a redirect to http is not followed, nor as the last of %d', async (steps) => {
    const { sandbox, env, root } = await sandboxWith(downloader);
    using _ = sandbox;
    await using plain = await startReleaseServer(undefined, { root });
    await using server = await startReleaseServer(
      (path, response) => {
        const isLast = steps === 1 || path.startsWith('/again/');
        const location = isLast ? `${plain.url}${path.replace('/again', '')}` : `${server.url}/again${path}`;
        response.writeHead(302, { location }).end();
        return true;
      },
      { root, certificate: await certificate },
    );
    const { code, stderr } = await sandbox.install([], { ...env, WASP_INSTALL_BASE_URL: server.url });
    expect(stderr).toContain("latest.json can't be fetched");
    expect([code, plain.asked, sandbox.binDirContent()]).toEqual([1, [], []]);
  });

  test('a server whose certificate nobody vouches for is not asked', async () => {
    const { sandbox, env, root } = await sandboxWith(downloader);
    using _ = sandbox;
    for (const name of ['authority.pem'])
      writeFileSync(join(sandbox.home, name), (await makeCertificate()).cert);
    await using server = await startReleaseServer(undefined, { root, certificate: await certificate });
    const { code, stderr } = await sandbox.install([], { ...env, WASP_INSTALL_BASE_URL: server.url });
    expect(stderr).toContain("latest.json can't be fetched");
    expect([code, server.asked]).toEqual([1, []]);
  });

  test.each(shellsToTest())('a file without end fills no disk, under %s', async (shell) => {
    const { sandbox, env, root } = await sandboxWith(downloader, shell);
    using _ = sandbox;
    let sent = 0;
    await using server = await startReleaseServer(
      (_, response) => {
        const piece = Buffer.alloc(65_536);
        const send = () => {
          do sent += piece.length;
          while (sent < 1e9 && response.write(piece));
          if (sent >= 1e9) response.end();
        };
        response.on('drain', send);
        send();
        return true;
      },
      { root },
    );
    const { code, stderr } = await sandbox.install([], { ...env, WASP_INSTALL_BASE_URL: server.url });
    expect(stderr).toBe(
      `install.sh: ${server.url}/latest/latest.json can't be fetched: it is larger than any such file of a release. Is WASP_INSTALL_BASE_URL right?\n`,
    );
    expect(sent).toBeLessThan(100e6);
    expect([code, sandbox.binDirContent(), existsSync(join(sandbox.home, 'core'))]).toEqual([1, [], false]);
  });
});
