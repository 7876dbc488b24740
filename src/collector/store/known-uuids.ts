/**
 * Which uuids are stored already. In memory, so that recognising a repeated delivery costs the same however large the
 * store is: in parts of equal size by the time at which they were filled, the oldest of which go first.
 */
import { KeyTable } from './rollup/key-table.ts';

/** How far back a report's uuid is known, in milliseconds: a client that tries again gives up long before. */
export const UUID_WINDOW = 48 * 3600_000;

/** Uuids per part: 3 MB. One more would take twice the room to find them by. */
const PART = 131_071;
/** Parts of the window, at most: 8 million uuids in 200 MB, far above what clients send in two days. */
const MOST_PARTS = 64;

/** 32-bit words of a uuid. */
const WORDS = 4;

interface Part {
  table: KeyTable;
  /** When its latest uuid was added; the clock of the caller. */
  latest: number;
}

export class KnownUuids {
  readonly #window: number;
  readonly #mostParts: number;
  #parts: Part[] = [];
  readonly #words: number;
  readonly #key: Uint32Array;
  readonly #bytes: Uint8Array;

  /**
   * @param window milliseconds; Infinity: nothing is ever given up
   * @param words 32-bit words of each, if they are no uuids
   */
  constructor(window: number, words = WORDS) {
    this.#window = window;
    this.#words = words;
    this.#key = new Uint32Array(words);
    this.#bytes = new Uint8Array(this.#key.buffer);
    this.#mostParts = window === Number.POSITIVE_INFINITY ? window : MOST_PARTS;
  }

  has(uuid: Uint8Array): boolean {
    this.#bytes.set(uuid);
    return this.#parts.some(({ table }) => table.find(this.#key, 0) >= 0);
  }

  /** @param now milliseconds UTC */
  add(uuid: Uint8Array, now: number): void {
    let part = this.#parts.at(-1);
    if (!part || part.table.size >= PART) {
      const isYoung = ({ latest }: Part) => now - latest <= this.#window;
      this.#parts = this.#parts.filter(isYoung).slice(-(this.#mostParts - 1));
      part = { table: new KeyTable(this.#words, PART), latest: now };
      this.#parts.push(part);
    }
    part.latest = now;
    this.#bytes.set(uuid);
    part.table.add(this.#key, 0);
  }
}
