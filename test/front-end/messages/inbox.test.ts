import { createHost } from '../../../src/front-end/host/create-host.ts';
import { documentNames } from '../../../src/front-end/messages/document-names.ts';
import { keepDocument, newestDocument, newestDocuments } from '../../../src/front-end/messages/inbox.ts';
import { filesBelow } from '../../support/home.ts';
import { Maintainer } from '../../support/maintainer.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const host = createHost();
const [one, other] = [new Maintainer(), new Maintainer()];

function signedBytes(maintainer: Maintainer, serial: number) {
  const { messages, signature } = JSON.parse(maintainer.answer([], { serial }));
  return { bytes: Buffer.from(messages, 'base64'), signature: Buffer.from(signature, 'base64') };
}

const keep = (directory: string, serial: number, maintainer = one) =>
  keepDocument(host, directory, maintainer.publicKey, serial, signedBytes(maintainer, serial));

test('whichever is kept last, the document with the highest serial number counts', () => {
  const directory = temporaryDirectory();
  for (const serial of [9, 11, 10]) keep(directory, serial);
  expect(newestDocument(host, directory, one.publicKey)?.serial).toBe(11);
});

test('older documents are removed, and one with the same serial number is not kept', () => {
  const directory = temporaryDirectory();
  for (const serial of [1, 2, 3]) expect(keep(directory, serial)).toBe(true);
  expect(keep(directory, 3)).toBe(false);
  expect(filesBelow(directory)).toEqual([expect.stringMatching(/^documents\/[\da-f]{32}-3\.json$/)]);
});

test('documents of one key neither count for another nor are touched by its documents', () => {
  const directory = temporaryDirectory();
  keep(directory, 50, other);
  expect(newestDocument(host, directory, one.publicKey)).toBeUndefined();
  expect(keep(directory, 5)).toBe(true);
  const keys = [one.publicKey, other.publicKey];
  expect(
    newestDocuments(host, directory, keys)
      .map(({ serial }) => serial)
      .sort(),
  ).toEqual([5, 50]);
});

test('what isn’t signed is no document, and gone with the next one', () => {
  const directory = temporaryDirectory();
  keep(directory, 1);
  const [name] = documentNames(host, directory, [one.publicKey]);
  for (const [serial, rubbish] of [
    '',
    '{',
    '[]',
    'null',
    '{"messages":"e30=","signature":"AAAA"}',
  ].entries()) {
    host.files.create(`${directory}/documents/${name?.replace('-1.', `-${serial + 7}.`)}`, rubbish);
  }
  expect(newestDocument(host, directory, one.publicKey)?.serial).toBe(1);
  expect(keep(directory, 2)).toBe(true);
  expect(documentNames(host, directory, [one.publicKey])).toEqual([name?.replace('-1.', '-2.')]);
});

test('without a key there is no document', () => {
  const directory = temporaryDirectory();
  keep(directory, 1);
  expect(documentNames(host, directory, [])).toEqual([]);
  expect(newestDocuments(host, directory, [])).toEqual([]);
});
