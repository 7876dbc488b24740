import { readDestination } from '../../../src/front-end/telemetry/destination.ts';
import { DEFAULT_API_KEY, DEFAULT_URL } from '../../../src/protocol/report.ts';

test.each([{}, { WASP_TELEMETRY_URL: '', WASP_TELEMETRY_API_KEY: '' }])('by default: Wasp’s own', (env) => {
  expect(readDestination(env)).toEqual({ url: DEFAULT_URL, apiKey: DEFAULT_API_KEY });
});

test.each([
  'https://example.com/capture',
  'https://10.0.0.1:8443/',
  'http://localhost:8080/capture',
  'http://127.0.0.1/',
  'http://127.1.2.3:9/',
  'http://[::1]:9/',
])('%s is taken', (url) => {
  expect(readDestination({ WASP_TELEMETRY_URL: url, WASP_TELEMETRY_API_KEY: 'ours' })).toEqual({
    url,
    apiKey: 'ours',
  });
});

test.each([
  ['http://example.com/', /https/],
  ['http://10.0.0.1/', /https/],
  ['http://127.0.0.1.example.com/', /https/],
  ['http://localhost.example.com/', /https/],
  ['http://127.0.0.1@example.com/', /https/],
  ['http://[::2]/', /https/],
  ['http://0.0.0.0/', /https/],
  ['ftp://127.0.0.1/', /https/],
  ['javascript:alert(1)', /https/],
  ['example.com/capture', /not a URL/],
  ['https://', /not a URL/],
])('%s is refused, and it is said why', (url, why) => {
  expect(readDestination({ WASP_TELEMETRY_URL: url })).toEqual({ refused: expect.stringMatching(why) });
});
