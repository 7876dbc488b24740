import { isSigned, sign } from '../../../scripts/package/mach-o.ts';

const COMMANDS_END = 32 + 152 + 72;

/**
 * The least that is an executable to a signer: a header, a text segment with one section, and the last segment.
 * @param contentStart where the section's content begins, in bytes
 */
function executable({ contentStart = 512 } = {}): Buffer {
  const file = Buffer.alloc(contentStart + 5000, 'code');
  file.fill(0, 0, contentStart);
  for (const [i, word] of [0xfeedfacf, 0x0100000c, 0, 2, 2, COMMANDS_END - 32].entries())
    file.writeUInt32LE(word, 4 * i);
  segment(file, 32, '__TEXT', 0, contentStart + 4000, 1);
  file.writeUInt32LE(contentStart, 32 + 72 + 48);
  segment(file, 32 + 152, '__LINKEDIT', contentStart + 4000, 1000, 0);
  return file;
}

function segment(
  file: Buffer,
  at: number,
  name: string,
  offset: number,
  size: number,
  sections: number,
): void {
  file.writeUInt32LE(0x19, at);
  file.writeUInt32LE(72 + 80 * sections, at + 4);
  file.write(name, at + 8);
  file.writeBigUInt64LE(BigInt(offset), at + 40);
  file.writeBigUInt64LE(BigInt(size), at + 48);
  file.writeUInt32LE(sections, at + 64);
}

test('an executable is unsigned, and after signing it is signed', () => {
  expect(isSigned(executable())).toBe(false);
  expect(isSigned(sign(executable(), 'wasp'))).toBe(true);
});

test('a signature holds for every byte before it', () => {
  const signed = sign(executable(), 'wasp');
  const codeSize = signed.readUInt32LE(COMMANDS_END + 8);
  for (const position of [24, 511, 4095, 4096, codeSize - 1]) {
    const changed = Buffer.from(signed);
    changed[position] = (changed[position] ?? 0) ^ 1;
    expect({ position, signed: isSigned(changed) }).toEqual({ position, signed: false });
  }
});

test('the last segment reaches to the end of the signature', () => {
  const signed = sign(executable(), 'wasp');
  const linkedit = 32 + 152;
  const end = signed.readBigUInt64LE(linkedit + 40) + signed.readBigUInt64LE(linkedit + 48);
  expect(Number(end)).toBe(signed.length);
});

test('what is signed is not signed again', () => {
  expect(() => sign(sign(executable(), 'wasp'), 'wasp')).toThrow('The executable is signed already.');
});

test('a load command is not written over code', () => {
  const full = executable({ contentStart: COMMANDS_END + 8 });
  expect(() => sign(full, 'wasp')).toThrow('no room for the load command');
});

test('only Mach-O executables are signed', () => {
  expect(() => sign(Buffer.from('\x7fELF and so on, and so on'), 'wasp')).toThrow('not a 64-bit Mach-O');
});
