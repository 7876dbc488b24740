import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { path } from '../../../scripts/paths.ts';

/** `wasp-collector`, its output and exit code. */
export async function collector(
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      path('bin/wasp-collector.ts'),
      ...args,
    ]);
    return { code: 0, stdout, stderr };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}
