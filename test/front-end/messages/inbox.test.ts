import { createHost } from '../../../src/front-end/host/create-host.ts';
import { type Accepted, keepDocument, newestDocument } from '../../../src/front-end/messages/inbox.ts';
import { filesBelow } from '../../support/home.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const host = createHost();
const document = (serial: number, key = 'a') =>
  ({ format: 'wasp-messages-1', serial, issuedAt: '', expiresAt: '', messages: [], key }) as Accepted;

test('whichever is kept last, the document with the highest serial number counts', () => {
  const directory = temporaryDirectory();
  for (const serial of [9, 11, 10]) keepDocument(host, directory, document(serial), ['a']);
  expect(newestDocument(host, directory, ['a'])?.serial).toBe(11);
});

test('older documents are removed, and one with the same serial number is not kept', () => {
  const directory = temporaryDirectory();
  for (const serial of [1, 2, 3]) expect(keepDocument(host, directory, document(serial), ['a'])).toBe(true);
  expect(keepDocument(host, directory, document(3), ['a'])).toBe(false);
  expect(filesBelow(directory)).toEqual(['documents/3.json']);
});

test('a document that a key has signed that is trusted no longer neither counts nor stays', () => {
  const directory = temporaryDirectory();
  keepDocument(host, directory, document(5, 'stolen'), ['stolen', 'a']);
  expect(newestDocument(host, directory, ['a'])).toBeUndefined();
  expect(keepDocument(host, directory, document(5, 'a'), ['a'])).toBe(true);
  expect(newestDocument(host, directory, ['a'])?.key).toBe('a');
});

test.each(['', '{', '[]', '{"serial":7}', 'null'])('a file that holds %j is no document', (rubbish) => {
  const directory = temporaryDirectory();
  keepDocument(host, directory, document(1), ['a']);
  host.files.create(`${directory}/documents/7.json`, rubbish);
  host.files.create(`${directory}/documents/8.json.123.new`, '{}');
  expect(newestDocument(host, directory, ['a'])?.serial).toBe(1);
});

test('without a key there is no document', () => {
  const directory = temporaryDirectory();
  keepDocument(host, directory, document(1), ['a']);
  expect(newestDocument(host, directory, [])).toBeUndefined();
});
