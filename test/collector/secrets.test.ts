import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSecret } from '../../src/collector/secrets.ts';
import { temporaryFolder } from '../support/home.ts';

const folder = temporaryFolder();

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

test.each([
  ['as it is', { A: 'x' }, 'x'],
  ['without white space around it', { A: ' x\n' }, 'x'],
  ['from a file, without the line’s end', { A_FILE: file('lf', 'x\n') }, 'x'],
  ['from a file of Windows', { A_FILE: file('crlf', 'x\r\n\r\n') }, 'x'],
  ['from a file, beside an empty variable', { A: '', A_FILE: file('plain', 'x') }, 'x'],
  ['beside an empty name of a file', { A: 'x', A_FILE: '' }, 'x'],
])('a secret is read %s', (_, env, expected) => {
  expect(readSecret('A', env)).toBe(expected);
});

test.each([
  ['nothing', {}],
  ['empty variables', { A: '', A_FILE: '' }],
])('%s is no secret', (_, env) => {
  expect(readSecret('A', env)).toBeUndefined();
});

test('both a value and a file are one too many', () => {
  expect(() => readSecret('A', { A: 'x', A_FILE: '/y' })).toThrow('Both A and A_FILE are set.');
});

test('what can’t be read is named by its variable, and never repeated: the secret may stand there by mistake', () => {
  mkdirSync(join(folder, 'directory'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const wrong = [
    ...['https://example.com/hooks/s3cret', '/nowhere/s3cret', '\0s3cret'],
    ...[file('empty-s3cret', ' \n'), file('long-s3cret', 'x'.repeat(70_000))],
    ...[join(folder, 'directory'), join(folder, 'pipe'), '/dev/zero'],
  ];
  for (const name of wrong) {
    let message = '';
    try {
      readSecret('A', { A_FILE: name });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain('A_FILE');
    expect(message).not.toMatch(/s3cret|directory|pipe|zero/);
  }
});
