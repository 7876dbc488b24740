/**
 * Local symbols of macOS executables: names and addresses that only debuggers read, and a twelfth of an archive.
 * Formats: <mach-o/loader.h> and <mach-o/nlist.h>.
 */
import { loadCommands } from './mach-o.ts';

const SYMBOL_TABLE = 2;
/** Which symbols are local, and which of them code refers to. */
const SYMBOL_RANGES = 0xb;
/** In bytes, of an entry of the symbol table: where its name is, its type, and more. */
const SYMBOL_SIZE = 16;
const TYPE = 4;
/** A debugger's note without a content: all but debuggers pass over it. */
const NOTE = 0x3c;
/** References from here on are flags: to a symbol that is known by now. */
const NO_SYMBOL = 0x40000000;

/**
 * Overwrites an executable's local symbols with empty ones, and their names with zeros. Everything stays where it is, since
 * nothing here could start the outcome; so the file is no smaller, but what packs it makes next to nothing of that. To be
 * done before it is signed. Throws if there are no symbols, or if code refers to a local one.
 */
export function blankLocalSymbols(executable: Buffer): void {
  const { symbols, count, names, namesSize, isLocal } = readTable(executable);
  // Local and other symbols may share a name, or its end.
  const before = Buffer.from(executable.subarray(names, names + namesSize));
  executable.fill(0, names, names + namesSize);
  for (let i = 0; i < count; i++) {
    const symbol = symbols + SYMBOL_SIZE * i;
    if (isLocal(i)) {
      executable.fill(0, symbol, symbol + SYMBOL_SIZE);
      executable[symbol + TYPE] = NOTE;
    } else {
      const name = executable.readUInt32LE(symbol);
      before.copy(executable, names + name, name, before.indexOf(0, name));
    }
  }
}

/** Where symbols and names are, in bytes, how many there are, and which are local, by their number. */
function readTable(executable: Buffer) {
  const word = (offset: number) => executable.readUInt32LE(offset);
  const commands = new Map(loadCommands(executable).map(({ kind, offset }) => [kind, offset]));
  const table = commands.get(SYMBOL_TABLE);
  const ranges = commands.get(SYMBOL_RANGES);
  if (table === undefined || ranges === undefined) throw new Error('The executable has no symbols.');
  const [firstLocal, localCount] = [word(ranges + 8), word(ranges + 12)];
  const isLocal = (i: number) => i >= firstLocal && i < firstLocal + localCount;
  const [references, referenceCount] = [word(ranges + 56), word(ranges + 60)];
  for (let i = 0; i < referenceCount; i++) {
    const reference = word(references + 4 * i);
    if (reference < NO_SYMBOL && isLocal(reference)) throw new Error('Code refers to a local symbol.');
  }
  return {
    symbols: word(table + 8),
    count: word(table + 12),
    names: word(table + 16),
    namesSize: word(table + 20),
    isLocal,
  };
}
