import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { realWasp } from '../../scripts/fetch-wasp.ts';
import { temporaryFolder } from './home.ts';

/** The real Wasp's executable. */
export const REAL_WASP = realWasp;

/**
 * A program of a few lines to stand where the real Wasp stands.
 * @param version where given, told by the name of its folder; otherwise it has to be asked
 */
export function makeProgram(text: string, version?: string): string {
  const folder = join(temporaryFolder('wasp-program'), version ?? 'program');
  mkdirSync(folder);
  const file = join(folder, 'wasp-bin');
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

/** A Wasp 0.25.0 that does nothing, successfully. */
export function makeSilentWasp(): string {
  return makeProgram('#!/bin/sh\nexit 0\n', '0.25.0');
}
