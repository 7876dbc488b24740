import { spawn } from 'node:child_process';
import { findProgram } from './sandbox.ts';

/**
 * Runs a shell command in a terminal of its own, as `script` from bsdutils gives it one, and answers its question.
 * @param end what is typed behind the answer
 */
export function answerInTerminal(
  command: string,
  { question, answer, end = '\n' }: { question: string; answer: string; end?: string },
  env: Record<string, string>,
): Promise<{ code: number | null; screen: string }> {
  return new Promise((resolve, reject) => {
    const script = spawn(
      findProgram('script') as string,
      ['--quiet', '--return', '--command', `exec ${command}`, '/dev/null'],
      { env: { ...env, SHELL: '/bin/sh' }, cwd: env.HOME, stdio: ['pipe', 'pipe', 'inherit'] },
    );
    let screen = '';
    let answered = false;
    script.stdout.setEncoding('utf8').on('data', (text) => {
      screen += text;
      if (answered || !screen.includes(question)) return;
      answered = true;
      script.stdin.write(answer + end);
    });
    script.on('error', reject);
    script.on('close', (code) => resolve({ code, screen }));
  });
}
