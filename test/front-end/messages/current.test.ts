import { currentMessages } from '../../../src/front-end/messages/current.ts';
import type { Message, MessageDocument } from '../../../src/protocol/messages.ts';
import { inDays, makeMessage } from '../../support/maintainer.ts';

const NOW = Date.now();
const message = (id: string, change: object = {}) => makeMessage({ id, ...change }) as unknown as Message;

function document(messages: readonly Message[], change: Partial<MessageDocument> = {}): MessageDocument {
  const times = { issuedAt: inDays(-1), expiresAt: inDays(30) };
  return { format: 'wasp-messages-1', serial: 1, ...times, messages, ...change };
}

const ids = (...documents: MessageDocument[]) => currentMessages(documents, NOW).map(({ id }) => id);

test('of documents of several keys all messages hold, and of one id the one that was issued last', () => {
  const [newer, older] = [message('a', { title: 'Newer' }), message('a', { title: 'Older' })];
  const current = currentMessages([document([newer]), document([older, message('b')])], NOW);
  expect(current).toEqual([newer, message('b', { publishedAt: current[1]?.publishedAt })]);
});

test('what a document withdraws is gone from those that were issued before it, and from no later one', () => {
  const withdrawing = document([], { withdrawn: ['a'] });
  expect(ids(withdrawing, document([message('a'), message('b')]))).toEqual(['b']);
  expect(ids(document([message('a')]), withdrawing)).toEqual(['a']);
});

test('what has expired is not brought back by an older document, nor a withdrawal undone by expiring', () => {
  const gone = document([message('a', { expiresAt: inDays(-1) })]);
  expect(ids(gone, document([message('a')]))).toEqual([]);
  const expired = document([message('b')], { expiresAt: inDays(-1), withdrawn: ['a'] });
  expect(ids(expired, document([message('a'), message('b'), message('c')]))).toEqual(['c']);
});
