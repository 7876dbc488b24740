/**
 * Ad-hoc code signatures for macOS executables, made on any platform: Apple silicon starts nothing that is unsigned, and
 * npm has no tool that signs elsewhere than on a Mac. Such a signature names nobody; it is a list of the file's hashes,
 * page by page. Formats: <mach-o/loader.h> and xnu's osfmk/kern/cs_blobs.h.
 */
import { createHash } from 'node:crypto';

const SEGMENT = 0x19;
const CODE_SIGNATURE = 0x1d;
const CODE_SIGNATURE_SIZE = 16;
const HEADER_SIZE = 32;

const EMBEDDED_SIGNATURE = 0xfade0cc0;
const CODE_DIRECTORY = 0xfade0c02;
const CODE_DIRECTORY_SIZE = 88;
/** The first version with the fields up to and including the executable segment. */
const CODE_DIRECTORY_VERSION = 0x20400;
const AD_HOC = 2;
const SHA256 = 2;
const HASH_SIZE = 32;
const PAGE_BITS = 12;
const MAIN_EXECUTABLE = 1n;
/** Memory pages of Apple silicon; a multiple of Intel's. */
const MEMORY_PAGE = 16384;

/** A 64-bit Mach-O executable as far as a signature is concerned. Offsets and sizes are in bytes. */
interface Layout {
  readonly commandCount: number;
  readonly commandsEnd: number;
  /** Where the first section's content begins: load commands may grow up to here. */
  readonly contentStart: number;
  readonly signature: { readonly offset: number; readonly size: number } | undefined;
  readonly text: { readonly offset: bigint; readonly size: bigint };
  /** Of the load command of the last segment, __LINKEDIT, which has to cover the signature. */
  readonly linkeditCommand: number;
}

/** The executable with an ad-hoc signature. Throws if it has a signature, or no room for one. */
export function sign(executable: Buffer, identifier: string): Buffer {
  const layout = readLayout(executable);
  if (layout.signature) throw new Error('The executable is signed already.');
  if (layout.commandsEnd + CODE_SIGNATURE_SIZE > layout.contentStart) {
    throw new Error('The executable has no room for the load command of a signature.');
  }
  const codeSize = roundUp(executable.length, 16);
  const pages = Math.ceil(codeSize / 2 ** PAGE_BITS);
  const directorySize = CODE_DIRECTORY_SIZE + identifier.length + 1 + pages * HASH_SIZE;
  const signatureSize = roundUp(20 + directorySize, 16);
  const signed = Buffer.alloc(codeSize + signatureSize);
  executable.copy(signed);

  // The header is hashed too, so it comes first.
  signed.writeUInt32LE(layout.commandCount + 1, 16);
  signed.writeUInt32LE(layout.commandsEnd - HEADER_SIZE + CODE_SIGNATURE_SIZE, 20);
  const command = [CODE_SIGNATURE, CODE_SIGNATURE_SIZE, codeSize, signatureSize];
  for (const [i, word] of command.entries()) signed.writeUInt32LE(word, layout.commandsEnd + 4 * i);
  const linkeditSize = signed.length - Number(signed.readBigUInt64LE(layout.linkeditCommand + 40));
  signed.writeBigUInt64LE(BigInt(roundUp(linkeditSize, MEMORY_PAGE)), layout.linkeditCommand + 32);
  signed.writeBigUInt64LE(BigInt(linkeditSize), layout.linkeditCommand + 48);

  const signature = signed.subarray(codeSize);
  // One blob, of kind 0, at offset 20.
  for (const [i, word] of [EMBEDDED_SIGNATURE, 20 + directorySize, 1, 0, 20].entries()) {
    signature.writeUInt32BE(word, 4 * i);
  }
  const directory = signature.subarray(20);
  const hashes = CODE_DIRECTORY_SIZE + identifier.length + 1;
  const words = [
    CODE_DIRECTORY,
    directorySize,
    CODE_DIRECTORY_VERSION,
    AD_HOC,
    hashes,
    CODE_DIRECTORY_SIZE,
    0,
    pages,
    codeSize,
  ];
  for (const [i, word] of words.entries()) directory.writeUInt32BE(word, 4 * i);
  directory.set([HASH_SIZE, SHA256, 0, PAGE_BITS], 36);
  directory.writeBigUInt64BE(layout.text.offset, 64);
  directory.writeBigUInt64BE(layout.text.size, 72);
  directory.writeBigUInt64BE(MAIN_EXECUTABLE, 80);
  directory.write(identifier, CODE_DIRECTORY_SIZE, 'latin1');
  for (let page = 0; page < pages; page++) {
    directory.set(pageHash(signed, page, PAGE_BITS, codeSize), hashes + page * HASH_SIZE);
  }
  return signed;
}

/** Does every page have the hash that the executable's signature lists? False if it has no signature. */
export function isSigned(executable: Buffer): boolean {
  const { signature } = readLayout(executable);
  if (!signature) return false;
  const blobs = executable.subarray(signature.offset, signature.offset + signature.size);
  if (blobs.readUInt32BE(0) !== EMBEDDED_SIGNATURE) return false;
  for (let i = 0; i < blobs.readUInt32BE(8); i++) {
    const directory = blobs.subarray(blobs.readUInt32BE(12 + 8 * i + 4));
    if (directory.readUInt32BE(0) === CODE_DIRECTORY && directory[37] === SHA256) {
      return listsEveryPage(directory, executable, signature.offset);
    }
  }
  return false;
}

function listsEveryPage(directory: Buffer, executable: Buffer, signatureOffset: number): boolean {
  const hashes = directory.readUInt32BE(16);
  const pages = directory.readUInt32BE(28);
  const codeSize = directory.readUInt32BE(32);
  const pageBits = directory[39] ?? 0;
  if (codeSize !== signatureOffset || pages !== Math.ceil(codeSize / 2 ** pageBits)) return false;
  for (let page = 0; page < pages; page++) {
    const start = hashes + page * HASH_SIZE;
    const listed = directory.subarray(start, start + HASH_SIZE);
    if (!pageHash(executable, page, pageBits, codeSize).equals(listed)) return false;
  }
  return true;
}

function pageHash(file: Buffer, page: number, pageBits: number, codeSize: number): Buffer {
  const start = page * 2 ** pageBits;
  const end = Math.min(start + 2 ** pageBits, codeSize);
  return createHash('sha256').update(file.subarray(start, end)).digest();
}

function readLayout(file: Buffer): Layout {
  const commands = loadCommands(file);
  let contentStart = file.length;
  let signature: Layout['signature'];
  let text: Layout['text'] | undefined;
  let linkeditCommand: number | undefined;
  for (const { kind, offset: command } of commands) {
    if (kind === CODE_SIGNATURE) {
      signature = { offset: file.readUInt32LE(command + 8), size: file.readUInt32LE(command + 12) };
    } else if (kind === SEGMENT) {
      const name = file.toString('latin1', command + 8, command + 24).replace(/\0.*/s, '');
      if (name === '__LINKEDIT') linkeditCommand = command;
      if (name === '__TEXT') {
        text = { offset: file.readBigUInt64LE(command + 40), size: file.readBigUInt64LE(command + 48) };
      }
      for (let section = 0; section < file.readUInt32LE(command + 64); section++) {
        const offset = file.readUInt32LE(command + 72 + 80 * section + 48);
        // Sections that take no room in the file have none.
        if (offset > 0) contentStart = Math.min(contentStart, offset);
      }
    }
  }
  if (!text || linkeditCommand === undefined) throw new Error('The executable lacks a segment.');
  const commandsEnd = HEADER_SIZE + file.readUInt32LE(20);
  return { commandCount: commands.length, commandsEnd, contentStart, signature, text, linkeditCommand };
}

/** The load commands of a 64-bit Mach-O executable, and where each begins, in bytes. Throws if it is none. */
export function loadCommands(file: Buffer): { kind: number; offset: number }[] {
  if (file.readUInt32LE(0) !== 0xfeedfacf) throw new Error('This is not a 64-bit Mach-O executable.');
  const commands: { kind: number; offset: number }[] = [];
  let offset = HEADER_SIZE;
  for (let i = 0; i < file.readUInt32LE(16); i++) {
    commands.push({ kind: file.readUInt32LE(offset), offset });
    offset += file.readUInt32LE(offset + 4);
  }
  return commands;
}

function roundUp(size: number, unit: number): number {
  return Math.ceil(size / unit) * unit;
}
