/** Where the passphrase of a private key comes from: a file descriptor, or the terminal; never an argument, which every user of the machine can read. */
import { openSync, readFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { ReadStream } from 'node:tty';
import { InvalidArgumentError, Option } from 'commander';
import { messageOf, OperatorError } from '../errors.ts';

export function passphraseOption(): Option {
  return new Option(
    '--passphrase-fd <n>',
    'read the key’s passphrase, one line, from this file descriptor instead of the terminal',
  ).argParser((text) => {
    if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('Expected the number of a file descriptor.');
    return Number(text);
  });
}

/**
 * The passphrase from a file descriptor, or asked for at the terminal if there is none. Throws `OperatorError`, also for
 * an empty one.
 * @param question such as `Passphrase of key.pem`
 */
export async function readPassphrase(fd: number | undefined, question: string): Promise<string> {
  const passphrase = fd === undefined ? await askAtTerminal(question) : firstLine(fd);
  if (passphrase === '') throw new OperatorError('The passphrase is empty.');
  return passphrase;
}

function firstLine(fd: number): string {
  try {
    return readFileSync(fd, 'utf8').split(/\r?\n/)[0] as string;
  } catch (error) {
    throw new OperatorError(`Can't read the passphrase from file descriptor ${fd}: ${messageOf(error)}`);
  }
}

/** Shows nothing of what is typed. */
function askAtTerminal(question: string): Promise<string> {
  const { input, say, close } = openTerminal();
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input, output: silent, terminal: true, historySize: 0 });
  // Only now: before, the terminal itself would show what is typed.
  say(`${question}: `);
  return new Promise((resolve, reject) => {
    reader.once('line', (line) => {
      resolve(line);
      reader.close();
    });
    reader.once('close', () => {
      say('\n');
      close();
      reject(new OperatorError('No passphrase was given.'));
    });
  });
}

/** Where a user can be asked: standard input, or the terminal behind the redirections. Throws `OperatorError` if there is none. */
function openTerminal(): { input: ReadStream; say: (text: string) => void; close: () => void } {
  if (process.stdin.isTTY) {
    return { input: process.stdin, say: (text) => void process.stderr.write(text), close: () => {} };
  }
  try {
    const fd = openSync('/dev/tty', 'r+');
    const input = new ReadStream(fd);
    return { input, say: (text) => void writeSync(fd, text), close: () => void input.destroy() };
  } catch {
    throw new OperatorError(
      'The key is encrypted, and there is no terminal to ask for its passphrase. Give it by --passphrase-fd.',
    );
  }
}
