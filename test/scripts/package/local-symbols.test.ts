import { blankLocalSymbols } from '../../../scripts/package/local-symbols.ts';

const SYMBOLS = 200;
const NAMES = 300;
const REFERENCES = 400;

/** A header, the two load commands about symbols, and the tables. Offsets are from the start of the file, in bytes. */
function executable({ references = [2] } = {}): Buffer {
  const file = Buffer.alloc(500, 'code');
  const words = (at: number, list: number[]) => {
    for (const [i, word] of list.entries()) file.writeUInt32LE(word, at + 4 * i);
  };
  words(0, [0xfeedfacf, 0x0100000c, 0, 2, 2, 24 + 80, 0, 0]);
  words(32, [2, 24, SYMBOLS, 4, NAMES, 40]);
  words(56, [0xb, 80, 0, 2, 2, 1, 3, 1, ...Array(6).fill(0), REFERENCES, references.length]);
  file.write('\0_local_start\0_start\0_shared_name\0_used\0\0'.padEnd(40, '\0'), NAMES, 'latin1');
  // `_name` is the end of a local symbol's name. Type, section and address follow.
  for (const [i, name] of [1, 21, 28, 34].entries()) words(SYMBOLS + 16 * i, [name, 0x0101000e + i, 4096, 1]);
  words(REFERENCES, references);
  return file;
}

function nameOf(file: Buffer, symbol: number): string {
  const name = NAMES + file.readUInt32LE(SYMBOLS + 16 * symbol);
  return file.toString('latin1', name, file.indexOf(0, name));
}

test('local symbols lose name and address, and nothing else changes', () => {
  const before = executable();
  const after = executable();
  blankLocalSymbols(after);
  expect([2, 3].map((symbol) => nameOf(after, symbol))).toEqual(
    [2, 3].map((symbol) => nameOf(before, symbol)),
  );
  expect([2, 3].map((symbol) => nameOf(after, symbol))).toEqual(['_name', '_used']);
  expect([0, 1].map((symbol) => nameOf(after, symbol))).toEqual(['', '']);
  expect(after.toString('latin1')).not.toMatch(/local|shared/);
  // A debugger's note, at address 0.
  expect(after.subarray(SYMBOLS, SYMBOLS + 16).toString('hex')).toBe('000000003c0000000000000000000000');
  for (const [start, end] of [
    [0, SYMBOLS],
    [SYMBOLS + 32, NAMES],
    [NAMES + 40, before.length],
  ] as const)
    expect(after.subarray(start, end).equals(before.subarray(start, end))).toBe(true);
});

test('an executable whose code refers to a local symbol is not touched', () => {
  const file = executable({ references: [2, 1] });
  const before = Buffer.from(file);
  expect(() => blankLocalSymbols(file)).toThrow('Code refers to a local symbol.');
  expect(file.equals(before)).toBe(true);
  // Flags in place of a symbol are none.
  expect(() => blankLocalSymbols(executable({ references: [0x80000000, 0x40000001] }))).not.toThrow();
});

test('only executables for macOS that have symbols are taken', () => {
  expect(() => blankLocalSymbols(Buffer.alloc(100, '\x7fELF'))).toThrow('not a 64-bit Mach-O');
  const file = executable();
  file.writeUInt32LE(0x99, 32);
  expect(() => blankLocalSymbols(file)).toThrow('no symbols');
});
