/** Where the passphrase of a private key comes from: a file descriptor, or the terminal; never an argument, which every user of the machine can read. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
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
  if (!process.stdin.isTTY) {
    throw new OperatorError(
      `The key is encrypted, and standard input is not a terminal. Give its passphrase by --passphrase-fd.`,
    );
  }
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true, historySize: 0 });
  // Only now: before, the terminal itself would show what is typed.
  process.stderr.write(`${question}: `);
  return new Promise((resolve, reject) => {
    reader.once('line', (line) => {
      resolve(line);
      reader.close();
    });
    reader.once('close', () => {
      process.stderr.write('\n');
      reject(new OperatorError('No passphrase was given.'));
    });
  });
}
