import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MessageDocument } from '../../../src/protocol/messages.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { cli, type Ended } from './cli.ts';

/** A maintainer at work: a collector's data directory, and a machine apart from it where the keys are. */
export class Desk {
  data = temporaryDirectory();
  readonly offline = temporaryDirectory();
  /** Variables of every command. */
  readonly env: Record<string, string> = {};
  #files = 0;

  /** Runs `wasp-collector`, which must succeed; returns what it printed. */
  async run(args: readonly string[], input: string | Buffer = ''): Promise<string> {
    const { code, stdout, stderr } = await cli(args, input, this.env);
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
    return stdout;
  }

  /** Runs `wasp-collector`, which must refuse with a message and nothing else; returns that. */
  async refusal(args: readonly string[], input: string | Buffer = ''): Promise<string> {
    const ended = await cli(args, input, this.env);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).not.toMatch(/\n\s+at /);
    return ended.stderr;
  }

  message(...args: string[]): Promise<string> {
    return this.run(['message', ...args, '--data', this.data]);
  }

  add(id: string, ...args: string[]): Promise<string> {
    return this.message('add', '--id', id, '--title', `About ${id}`, ...args);
  }

  /** Makes a key of that name; returns the public one. */
  async keygen(name: string): Promise<string> {
    return (await this.run(['keygen', this.key(name)])).trim();
  }

  key(name: string): string {
    return join(this.offline, `${name}.pem`);
  }

  /** A new file on the machine with the keys. */
  write(content: string | Buffer): string {
    this.#files += 1;
    const file = join(this.offline, `file-${this.#files}`);
    writeFileSync(file, content);
    return file;
  }

  async export(...args: string[]): Promise<string> {
    return this.write(await this.message('export', ...args));
  }

  async sign(file: string, key: string, ...args: string[]): Promise<string> {
    return this.write(await this.run(['message', 'sign', file, '--key', this.key(key), ...args]));
  }

  /** Exports and signs. */
  async signed(key: string, ...args: string[]): Promise<string> {
    return this.sign(await this.export(), key, ...args);
  }

  publish(file: string, ...args: string[]): Promise<Ended> {
    return cli(['message', 'publish', file, '--data', this.data, ...args], '', this.env);
  }

  /** What is published; undefined if nothing is. */
  published(): MessageDocument | undefined {
    try {
      return documentIn(join(this.data, 'messages/signed.json'));
    } catch {
      return undefined;
    }
  }
}

/** The document in a signed file. */
export function documentIn(file: string): MessageDocument {
  const { messages } = JSON.parse(readFileSync(file, 'utf8'));
  return JSON.parse(Buffer.from(messages, 'base64').toString());
}
