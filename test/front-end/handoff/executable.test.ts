import { programFor } from '../../../src/front-end/handoff/executable.ts';
import { FrontEndError } from '../../../src/front-end/host/errors.ts';
import { fakeHost } from '../../support/fake-host.ts';

const FILE = '/bin/it';
const elf = (machine: number) =>
  Buffer.concat([
    Buffer.from('\x7fELF'),
    Buffer.alloc(14),
    Buffer.from([machine, 0]),
    Buffer.alloc(60),
  ]).toString('latin1');

function hostWith(content: string, arch = 'x64') {
  const host = fakeHost({ arch });
  host.files.put(FILE, content, { executable: true });
  host.files.put('/bin/sh', '', { executable: true });
  host.files.put('/bin/text', '');
  return host;
}

test.each([
  ['a binary for this processor', elf(0x3e), 'x64'],
  ['a binary for this processor', elf(0xb7), 'arm64'],
  ['a binary, on a processor that nobody knows here', elf(0x16), 's390x'],
  ['a binary of macOS', '\xcf\xfa\xed\xfe....', 'arm64'],
  ['a fat binary of macOS', '\xca\xfe\xba\xbe....', 'arm64'],
  ['a script', '#!/bin/sh\n', 'x64'],
  ['a script with blanks and an option', '#! \t/bin/sh -e\n', 'x64'],
  ['a script without a line end', '#!/bin/sh', 'x64'],
])('%s is executed itself', (_, content, arch) => {
  expect(programFor(hostWith(content, arch), FILE)).toEqual({ file: FILE, args: [] });
});

test.each(['echo hello\n', '', '\0\0\0\0'])('%j is left to a shell', (content) => {
  expect(programFor(hostWith(content), FILE)).toEqual({ file: '/bin/sh', args: [FILE] });
});

test('what may be executed but not read is executed itself', () => {
  const host = hostWith('');
  host.files.break(FILE, 'EACCES');
  expect(programFor(host, FILE)).toEqual({ file: FILE, args: [] });
});

test.each([
  ['another kind of processor', elf(0xb7)],
  ['cut off', '\x7fELF'],
  ['"/bin/missing"', '#!/bin/missing\n'],
  ['"/bin/text"', '#!/bin/text\n'],
  ['"/bin"', '#!/bin\n'],
  [String.raw`"/bin/sh\r"`, '#!/bin/sh\r\n'],
  ['another kind of processor', elf(0x03)],
])('refused, saying %s', (why, content) => {
  const refusal = () => programFor(hostWith(content), FILE);
  expect(refusal).toThrow(FrontEndError);
  expect(refusal).toThrow(why);
  expect(refusal).toThrow(expect.objectContaining({ exitCode: 126 }));
});
