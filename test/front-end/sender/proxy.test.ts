import { proxyFor } from '../../../src/front-end/sender/proxy.ts';
import { isExempt } from '../../../src/front-end/sender/proxy-exempt.ts';

const URL_THERE = 'https://app.example.com/capture';

test.each([
  ['127.0.0.1:1', 'http', '127.0.0.1', 1],
  ['http://proxy', 'http', 'proxy', 1080],
  ['http://proxy:80', 'http', 'proxy', 80],
  ['https://proxy', 'https', 'proxy', 443],
  ['SOCKS5://proxy', 'socks5', 'proxy', 1080],
  ['socks5h://[::1]:9', 'socks5h', '::1', 9],
  ['socks://proxy', 'socks4', 'proxy', 1080],
  ['socks4a://proxy', 'socks4a', 'proxy', 1080],
  ['http:/proxy:3128', 'http', 'proxy', 3128],
  ['http:///proxy:3128', 'http', 'proxy', 3128],
])('%s is understood as curl does', (text, scheme, host, port) => {
  expect(proxyFor(URL_THERE, { ALL_PROXY: text })).toMatchObject({ scheme, host, port });
});

test('a name and password are kept as they were encoded', () => {
  expect(proxyFor(URL_THERE, { https_proxy: 'http://me:p%40ss@proxy:8080' })).toMatchObject({
    username: 'me',
    password: 'p%40ss',
    port: 8080,
  });
});

test('a percent sign that stands for itself does so', () => {
  expect(proxyFor(URL_THERE, { https_proxy: 'http://me:50%@proxy' })).toMatchObject({ password: '50%25' });
});

test.each([
  ['a password that SOCKS has no room for', `socks5h://me:${'x'.repeat(256)}@proxy`],
  ['a name that SOCKS has no room for', `socks4://${'%C3%BC'.repeat(128)}@proxy`],
  ['a password that is not UTF-8', 'http://me:%FF@proxy'],
])('%s is refused before anything is sent', (_, text) => {
  expect(proxyFor(URL_THERE, { https_proxy: text })).toEqual({
    refused: "https_proxy holds a name or a password for the proxy that can't be sent to it",
  });
  const longest = `http://me:${'x'.repeat(300)}@proxy`;
  expect(proxyFor(URL_THERE, { https_proxy: longest })).toMatchObject({ scheme: 'http' });
});

test.each(['not a url', 'ftp://proxy', 'http://', 'http://proxy:99999', '://'])('%s is refused', (text) => {
  const proxy = proxyFor(URL_THERE, { HTTPS_PROXY: text });
  expect(proxy).toEqual({ refused: expect.stringContaining('HTTPS_PROXY') });
  // It may hold a password.
  expect(JSON.stringify(proxy)).not.toContain('proxy:99999');
});

test.each([
  'https://localhost/',
  'https://127.3.4.5/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'http://127.0.0.1:9/',
])('%s never goes through a proxy', (url) => {
  const all = 'http://proxy:1';
  expect(
    proxyFor(url, { ALL_PROXY: all, HTTP_PROXY: all, http_proxy: all, HTTPS_PROXY: all }),
  ).toBeUndefined();
});

test.each<[string, string, boolean]>([
  ['app.example.com', 'example.com', true],
  ['app.example.com', '.example.com', true],
  ['example.com', '.example.com', true],
  ['app.example.com', 'other.org, EXAMPLE.com.', true],
  ['app.example.com', 'other.org app.example.com', true],
  ['notexample.com', 'example.com', false],
  ['example.com', 'app.example.com', false],
  ['example.com', '*', true],
  ['example.com', 'other.org,*', false],
  ['example.com', '', false],
  ['192.0.2.7', '192.0.2.0/24', true],
  ['192.0.3.7', '192.0.2.0/24', false],
  ['192.0.2.7', '192.0.2.7', true],
  ['192.0.2.7', '2.7', false],
  ['192.0.2.7', '192.0.2.0/99', false],
  ['192.0.2.7', '192.0.2.0/ 24', false],
  ['192.0.2.7', '192.0.2.0/0x18', false],
  ['192.0.2.7', '0.0.0.0/0', false],
  ['192.0.2.7', '192.0.2.7/', true],
  ['192.0.2.7', '192.0.2.7/32', true],
  ['2001:db8::1', '::/0', false],
  ['2001:db8::1', '2001:db8::/129', false],
  ['example.com', '* ', false],
  ['2001:db8::1', '2001:db8::/32', true],
  ['2001:db8::1', '[2001:DB8:0::1]', true],
])('%s with NO_PROXY=%j: exempt %s', (host, noProxy, expected) => {
  expect(isExempt(host, noProxy)).toBe(expected);
});
