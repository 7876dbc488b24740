import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { executable } from '../../../../collector/support/collector-process.ts';
import { DEMO_NOW } from '../../../../collector/support/demo-report.ts';

export interface Answer {
  code: number;
  stdout: string;
  stderr: string;
}

/** `wasp-collector digest` as a process, in which only these variables are set beside PATH. */
export async function digest(
  dataDir: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Answer> {
  const now = args.includes('--now') ? [] : ['--now', new Date(DEMO_NOW).toISOString()];
  const all = ['digest', '--data', dataDir, ...now, ...args];
  try {
    const { stdout, stderr } = await promisify(execFile)(executable, all, {
      env: { PATH: process.env.PATH, ...env },
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    return error as Answer;
  }
}
