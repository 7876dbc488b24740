import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectHash } from '../src/front-end/telemetry/project.ts';
import { path } from './paths.ts';

/**
 * Makes V8's code cache for a part and returns its file. Node's own way to make one, `useCodeCache`, compiles the
 * script without running it, so it holds hardly any function; this one is taken at the end of a run, and holds all that
 * it needed. Of a paused run, as nearly all are: what more there is in a cache takes time to read.
 */
export function makeCodeCache(part: string): string {
  const cache = part.replace(/\.js$/, '.cache');
  const home = mkdtempSync(join(tmpdir(), 'wasp-code-cache-'));
  try {
    const project = join(home, 'project');
    mkdirSync(project);
    writeFileSync(join(project, '.wasproot'), '');
    const state = join(home, '.cache/wasp/telemetry');
    mkdirSync(state, { recursive: true });
    const stamp = JSON.stringify({ _lastCheckIn: new Date().toISOString() });
    writeFileSync(join(state, `project-${projectHash(project)}`), stamp);
    execFileSync(process.execPath, [path('scripts/run-for-code-cache.cjs'), part, cache, 'version'], {
      cwd: project,
      // The discard port, though nothing is due.
      env: {
        HOME: home,
        WASP_BIN: '/bin/sh',
        WASP_TELEMETRY_URL: 'http://127.0.0.1:9/',
        // Nobody's key: the look for messages shall be in the cache too.
        WASP_MESSAGES_PUBLIC_KEY: `${'A'.repeat(43)}=`,
      },
    });
  } finally {
    rmSync(home, { recursive: true });
  }
  return cache;
}
