import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { path } from '../../scripts/paths.ts';

test('due commands against endpoints that refuse, stall and are dead leave no process and a bounded folder', async () => {
  // A small one of what `npm run bench:many` does 10,000 times; it fails if it finds more than it may.
  const { stdout } = await promisify(execFile)(process.execPath, [path('scripts/bench-many.ts'), '24']);
  expect(stdout).toMatch(/^24 due commands/);
  expect(stdout).toContain('; now: 0\n');
});
