import { isForShell, whyRefused } from '../../../src/front-end/handoff/refusal.ts';
import { fakeHost } from '../../support/fake-host.ts';

const FILE = '/bin/it';
const elf = (machine: number) =>
  Buffer.concat([
    Buffer.from('\x7fELF'),
    Buffer.alloc(14),
    Buffer.from([machine, 0]),
    Buffer.alloc(60),
  ]).toString('latin1');

function hostWith(content: string) {
  const host = fakeHost();
  host.files.put(FILE, content, { executable: true });
  host.files.put('/bin/sh', '', { executable: true });
  host.files.put('/bin/text', '');
  return host;
}

test.each(['echo hello\n', '', '\0\0\0\0'])('%j is left to a shell', (content) => {
  expect(isForShell(hostWith(content), FILE, 'ENOEXEC')).toBe(true);
});

test.each([elf(0x3e), '\xcf\xfa\xed\xfe....', '\xca\xfe\xba\xbe....', '#!\n', '#!/bin/sh\n'])(
  '%j is not',
  (content) => {
    expect(isForShell(hostWith(content), FILE, 'ENOEXEC')).toBe(false);
  },
);

test('what was refused for another reason, or can’t be read, is not left to a shell', () => {
  const host = hostWith('echo hello\n');
  expect(isForShell(host, FILE, 'E2BIG')).toBe(false);
  host.files.break(FILE, 'EACCES');
  expect(isForShell(host, FILE, 'ENOEXEC')).toBe(false);
});

test.each([
  ['another kind of processor', 'ENOEXEC', elf(0xb7)],
  ['another kind of processor', 'ENOEXEC', elf(0x03)],
  ['cut off', 'ENOEXEC', '\x7fELF'],
  ['"/bin/missing"', 'ENOENT', '#!/bin/missing\n'],
  ['"/bin/missing"', 'ENOENT', '#! \t/bin/missing -e\n'],
  ['"/bin/text"', 'EACCES', '#!/bin/text\n'],
  ['"/bin"', 'EACCES', '#!/bin\n'],
  [String.raw`"/bin/sh\r"`, 'ENOENT', '#!/bin/sh\r\n'],
  ['too long', 'E2BIG', elf(0x3e)],
  ['too long', 'E2BIG', '#!/bin/missing\n'],
  ['EACCES', 'EACCES', elf(0x3e)],
  ['ENOMEM', 'ENOMEM', '#!/bin/sh\n'],
])('refused, saying %s', (why, code, content) => {
  expect(whyRefused(hostWith(content), FILE, code)).toContain(why);
});
