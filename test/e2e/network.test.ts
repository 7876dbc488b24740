/** The way to the endpoint: TLS, certificates, proxies, and destinations that are refused. */
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { makeCertificate } from '../support/certificate.ts';
import { Home, temporaryFolder } from '../support/home.ts';
import { startRaw, startRefusing } from '../support/misbehaving.ts';
import { mounted, testWithMount } from '../support/namespace.ts';
import { makeSilentWasp } from '../support/programs.ts';
import { startReceiver } from '../support/receiver.ts';
import { DIST_WASP, runWasp, type Variables } from '../support/run-wasp.ts';
import { sendersGone } from '../support/senders.ts';

const wasp = makeSilentWasp();
const silent = { code: 0, signal: null, stdout: '', stderr: '' };
let certificate: { key: string; cert: string };
let certificateFile: string;

beforeAll(async () => {
  certificate = await makeCertificate();
  certificateFile = join(temporaryFolder(), 'ca.pem');
  writeFileSync(certificateFile, certificate.cert);
});

/** Runs a command in a new home, waits until its sender is gone. */
async function run(env: Variables, program?: string[]): Promise<Home> {
  const home = new Home();
  const setting = { home, env: { WASP_BIN: wasp, ...env }, ...(program && { program }) };
  expect(await runWasp(['info'], setting)).toEqual(silent);
  await sendersGone(home);
  return home;
}

const outcome = (home: Home) => home.journal().map((attempt) => attempt.outcome.kind);

/** A proxy that tunnels to this machine, whatever name it is asked for, and notes the name. */
async function startTunnel(): Promise<{ url: string; targets: string[] }> {
  const targets: string[] = [];
  const server = await startRaw((socket) => {
    socket.once('data', (head) => {
      const [, host, port] = head.toString('latin1').match(/^CONNECT ([^:\s]+):(\d+) /) ?? [];
      targets.push(`${host}:${port}`);
      const upstream = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(upstream).pipe(socket);
      });
      upstream.on('error', () => socket.destroy());
    });
  });
  return { url: `http://127.0.0.1:${server.port}`, targets };
}

describe('over TLS', () => {
  test.each(['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'])(
    'an authority of the company’s own is trusted when %s names it',
    async (name) => {
      const receiver = await startReceiver(undefined, certificate);
      const home = await run({ WASP_TELEMETRY_URL: receiver.url, [name]: certificateFile });
      expect(outcome(home)).toEqual(['delivered']);
      expect(receiver.requests).toHaveLength(1);
    },
  );

  testWithMount(
    'and when it is among the system’s own: they are read if the first handshake lacks one',
    async () => {
      const receiver = await startReceiver(undefined, certificate);
      const store = `mount -t tmpfs tmpfs /etc/ssl/certs && cp '${certificateFile}' /etc/ssl/certs/ours.pem`;
      const program = [...mounted(store), DIST_WASP];
      const home = await run({ WASP_TELEMETRY_URL: receiver.url }, program);
      expect(outcome(home)).toEqual(['delivered']);
      expect(receiver.requests).toHaveLength(1);
    },
  );

  test('a certificate for another host is not', async () => {
    const receiver = await startReceiver(undefined, certificate);
    const url = receiver.url.replace('127.0.0.1', '127.0.0.2');
    const home = await run({ WASP_TELEMETRY_URL: url, SSL_CERT_FILE: certificateFile });
    expect(outcome(home)).toEqual(['not sent']);
  });

  test('NODE_TLS_REJECT_UNAUTHORIZED=0 does not make it trust anyone', async () => {
    const receiver = await startReceiver(undefined, certificate);
    const home = await run({ WASP_TELEMETRY_URL: receiver.url, NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    expect(outcome(home)).toEqual(['not sent']);
    expect(receiver.requests).toEqual([]);
  });
});

describe('through a proxy', () => {
  /** The certificate is for this name, which no name server knows: only a proxy can lead there. */
  const NAME = 'reports.example';
  const throughProxy = async (env: (proxy: string) => Variables) => {
    const named = await makeCertificate(NAME);
    const file = join(temporaryFolder(), 'ca.pem');
    writeFileSync(file, named.cert);
    const receiver = await startReceiver(undefined, named);
    const proxy = await startTunnel();
    const home = await run({
      WASP_TELEMETRY_URL: `https://${NAME}:${receiver.port}/capture`,
      SSL_CERT_FILE: file,
      ...env(proxy.url),
    });
    return { home, receiver, proxy };
  };

  test.each<[string, (proxy: string) => Variables]>([
    ['HTTPS_PROXY', (HTTPS_PROXY) => ({ HTTPS_PROXY })],
    ['https_proxy', (https_proxy) => ({ https_proxy })],
    ['ALL_PROXY', (ALL_PROXY) => ({ ALL_PROXY })],
    ['all_proxy, the other one empty', (all_proxy) => ({ all_proxy, HTTPS_PROXY: '' })],
    [
      'https_proxy rather than HTTPS_PROXY',
      (https_proxy) => ({ https_proxy, HTTPS_PROXY: 'socks5://127.0.0.1:1' }),
    ],
    ['HTTPS_PROXY without a scheme', (proxy) => ({ HTTPS_PROXY: proxy.replace('http://', '') })],
  ])('%s tunnels to an https endpoint', async (_, env) => {
    const { home, receiver, proxy } = await throughProxy(env);
    expect(outcome(home)).toEqual(['delivered']);
    expect(proxy.targets).toEqual([`${NAME}:${receiver.port}`]);
  });

  test.each(['socks4a', 'socks5h'])('%s hands the name over, to be looked up there', async (scheme) => {
    const heard: string[] = [];
    const proxy = await startRaw((socket) =>
      socket.on('data', (bytes) => {
        heard.push(bytes.toString('latin1'));
        if (scheme === 'socks5h' && heard.length === 1) socket.write(Buffer.from([5, 0]));
        else socket.end();
      }),
    );
    const home = await run({
      WASP_TELEMETRY_URL: `https://${NAME}/capture`,
      HTTPS_PROXY: `${scheme}://127.0.0.1:${proxy.port}`,
    });
    expect(outcome(home)).toEqual(['not sent']);
    expect(heard.join('')).toContain(NAME);
  });

  test.each(['https', 'http'])('loopback is reached directly over %s, whatever is set', async (scheme) => {
    const endpoint = await startReceiver(undefined, scheme === 'https' ? certificate : undefined);
    const proxy = await startReceiver();
    const url = `http://127.0.0.1:${proxy.port}`;
    const home = await run({
      WASP_TELEMETRY_URL: endpoint.url,
      SSL_CERT_FILE: certificateFile,
      HTTPS_PROXY: url,
      HTTP_PROXY: url,
      http_proxy: url,
      ALL_PROXY: url,
    });
    expect(outcome(home)).toEqual(['delivered']);
    expect(proxy.connectionCount()).toBe(0);
  });

  test.each<[string, string]>([
    ['refuses the tunnel', 'HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n'],
    ['wants a password', 'HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n'],
    ['hangs up', ''],
  ])('a proxy that %s has got nothing of the report: the slot is given back', async (_, answer) => {
    const proxy = await startRaw((socket) => socket.once('data', () => socket.end(answer)));
    const home = await run({
      WASP_TELEMETRY_URL: `https://${NAME}/capture`,
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    });
    expect(outcome(home)).toEqual(['not sent']);
  });

  test('a proxy that is not there: the slot is given back', async () => {
    const home = await run({
      WASP_TELEMETRY_URL: 'https://reports.example/capture',
      HTTPS_PROXY: `http://127.0.0.1:${await startRefusing()}`,
    });
    expect(outcome(home)).toEqual(['not sent']);
  });

  test.each(['not a url', 'quic://127.0.0.1:1', 'http://'])(
    'a proxy that can’t be used, %j, is never passed by, and the log says why',
    async (ALL_PROXY) => {
      const home = await run({ WASP_TELEMETRY_URL: 'https://192.0.2.1/', ALL_PROXY });
      expect(home.journal().map((attempt) => attempt.outcome)).toEqual([
        { kind: 'not sent', why: expect.stringContaining('ALL_PROXY') },
      ]);
    },
  );
});

describe('a destination that is not acceptable: the command runs, nothing is sent or written', () => {
  test.each([
    'not a url',
    '//127.0.0.1/',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'http://192.0.2.1/capture',
    'http://127.0.0.1.example/capture',
    'http://127.0.0.1@192.0.2.1/capture',
    'http://[::ffff:192.0.2.1]/',
  ])('%s', async (url) => {
    const home = await run({ WASP_TELEMETRY_URL: url });
    expect(home.telemetryFiles()).toEqual([]);
  });
});

test.each(['localhost', '127.1', '[::1]', '127.200.3.4'])('http is fine to %s', async (host) => {
  const home = await run({ WASP_TELEMETRY_URL: `http://${host}:${await startRefusing()}/capture` });
  expect(outcome(home)).toEqual(['not sent']);
});

testWithMount('localhost is this machine, whatever the hosts file says', async () => {
  const receiver = await startReceiver();
  const hosts = join(temporaryFolder(), 'hosts');
  // An address for documentation, which is nowhere.
  writeFileSync(hosts, '192.0.2.1 localhost\n');
  const url = receiver.url.replace('127.0.0.1', 'localhost');
  const home = await run({ WASP_TELEMETRY_URL: url }, [
    ...mounted(`mount --bind '${hosts}' /etc/hosts`),
    DIST_WASP,
  ]);
  expect(outcome(home)).toEqual(['delivered']);
  expect(receiver.requests).toHaveLength(1);
});
