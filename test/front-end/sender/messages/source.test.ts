import { messagesSource } from '../../../../src/front-end/sender/messages/source.ts';
import { DEFAULT_URL } from '../../../../src/protocol/report.ts';

const globals = globalThis as { BUILT_IN_MESSAGES_URL?: string };
const BUILT_IN = 'https://wasp.sh/messages.json';

afterEach(() => {
  delete globals.BUILT_IN_MESSAGES_URL;
});

test('a build’s address goes with the destination that is built in, and with no other', () => {
  globals.BUILT_IN_MESSAGES_URL = BUILT_IN;
  expect(messagesSource({}, DEFAULT_URL)).toEqual({ url: BUILT_IN });
  expect(messagesSource({}, 'https://collector.example/capture')).toBeUndefined();
});

test('WASP_MESSAGES_URL wins, for any destination, if it is https or this machine', () => {
  globals.BUILT_IN_MESSAGES_URL = BUILT_IN;
  const from = (url: string) => messagesSource({ WASP_MESSAGES_URL: url }, DEFAULT_URL);
  expect(from('https://example.com/m.json')).toEqual({ url: 'https://example.com/m.json' });
  expect(from('http://127.0.0.1:8000/m.json')).toEqual({ url: 'http://127.0.0.1:8000/m.json' });
  for (const refused of ['http://example.com/', 'file:///etc/passwd', 'ftp://x', 'nonsense']) {
    expect(from(refused)).toHaveProperty('refused');
  }
});

test('without either there is none', () => {
  expect(messagesSource({ WASP_MESSAGES_URL: '' }, DEFAULT_URL)).toBeUndefined();
});
