import { checkedRecord } from './input-text.ts';

/**
 * The records in a JSON text of any size, as texts: those of an array, those in the `results` of an object (a page of
 * PostHog's API), or values that follow one another. Nothing is parsed, so what is no JSON comes out as it is; what
 * is torn off at the end comes out too, so that it is counted.
 */
export async function* jsonValues(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  const scanner = new Scanner();
  for await (const piece of pieces) yield* scanner.take(piece);
  if (scanner.isInside()) yield '';
}

class Scanner {
  #text = '';
  #at = 0;
  #depth = 0;
  /** How deep the records lie: 0 side by side, 1 in an array, 2 in an object's `results`. */
  #recordDepth = 0;
  /** Where the record begins, -1 outside of one. */
  #start = -1;
  #stringStart = -1;
  #key = '';
  #inScalar = false;

  isInside(): boolean {
    return this.#depth > 0;
  }

  *take(piece: string): Generator<string> {
    this.#text += piece;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text[this.#at] as string;
      if (this.#stringStart >= 0) this.#inString(character);
      else yield* this.#outside(character);
    }
    this.#forget();
  }

  #inString(character: string): void {
    if (character === '\\') this.#at += 1;
    else if (character === '"') {
      if (this.#depth === 1) this.#key = this.#text.slice(this.#stringStart + 1, this.#at);
      this.#stringStart = -1;
    }
  }

  *#outside(character: string): Generator<string> {
    if (character === '{' || character === '[') this.#open(character);
    else if (character === '}' || character === ']') yield* this.#close();
    else if (/[\s,:]/.test(character)) this.#inScalar = false;
    else {
      if (this.#depth === this.#recordDepth && !this.#inScalar) {
        // A number or a text is no record: an empty text stands for it.
        this.#inScalar = true;
        yield '';
      }
      if (character === '"') this.#stringStart = this.#at;
    }
  }

  #open(bracket: string): void {
    const isList =
      bracket === '[' &&
      this.#recordDepth === 0 &&
      (this.#depth === 0 || (this.#depth === 1 && this.#key === 'results'));
    if (isList) {
      this.#recordDepth = this.#depth + 1;
      this.#start = -1;
    } else if (this.#depth === this.#recordDepth) this.#start = this.#at;
    this.#depth += 1;
    this.#key = '';
    this.#inScalar = false;
  }

  *#close(): Generator<string> {
    this.#depth = Math.max(0, this.#depth - 1);
    this.#inScalar = false;
    if (this.#depth < this.#recordDepth) this.#recordDepth = 0;
    else if (this.#depth === this.#recordDepth && this.#start >= 0) {
      yield this.#text.slice(this.#start, this.#at + 1);
      this.#start = -1;
    }
  }

  /** Keeps of the text only what belongs to a record, or a key, that isn't complete yet. */
  #forget(): void {
    const needed = this.#start >= 0 ? this.#start : this.#stringStart >= 0 ? this.#stringStart : this.#at;
    this.#text = checkedRecord(this.#text.slice(needed));
    this.#at -= needed;
    if (this.#start >= 0) this.#start -= needed;
    if (this.#stringStart >= 0) this.#stringStart -= needed;
  }
}
