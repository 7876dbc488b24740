import fs from 'node:fs';
import { ancestors } from './ancestors.ts';
import { attempt } from './attempt.ts';
import { become, runAndEndAlike } from './become.ts';
import { becomeExactly } from './become-exactly.ts';
import { bootClock } from './boot-clock.ts';
import { directories } from './directories.ts';
import { endAfter, killSelf } from './end-after.ts';
import { files } from './files.ts';
import type { Host } from './host.ts';
import { inheritedFiles } from './inherited-files.ts';
import {
  capture,
  captureInBackground,
  closeInheritedFiles,
  isRunning,
  runDetached,
  self,
} from './programs.ts';
import { randomUUID } from './random-uuid.ts';
import { hasWholeEnvironment, rawArguments, rawEnvironment, valuesOf } from './raw-image.ts';
import { ignoredSignals } from './signals.ts';
import { columns, isTerminal, write } from './terminal.ts';

/** The real one. */
export function createHost(): Host {
  // Its files would be about this program, and lie among those of the user's own programs.
  if (process.env.NODE_V8_COVERAGE) process.getBuiltinModule('node:v8').stopCoverage();
  return {
    argv: process.argv.slice(2),
    env: process.env,
    platform: process.platform,
    arch: process.arch,
    files,
    pid: process.pid,
    userId: process.geteuid?.(),
    now: Date.now,
    bootClock,
    cwd: () => attempt(() => process.cwd()),
    cwdBytes: () => attempt(() => fs.readlinkSync('/proc/self/cwd', 'buffer')),
    directories,
    isCI: async () => (await import('ci-info')).isCI,
    isTerminal,
    columns,
    write,
    randomUUID,
    self,
    rawArguments,
    rawEnvironment,
    hasWholeEnvironment,
    valuesOf,
    inheritedFiles: inheritedFiles(),
    runDetached,
    capture,
    captureInBackground,
    ignoredSignals,
    isRunning,
    becomeExactly,
    become,
    runAndEndAlike,
    ancestors,
    cpuTime: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
    closeInheritedFiles,
    after: (delay, callback) => void setTimeout(callback, delay).unref(),
    endAfter,
    setExitCode: (code) => {
      process.exitCode = code;
    },
    killSelf,
  };
}
