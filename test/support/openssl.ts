/** Signatures and keys that a program of others makes; not everywhere is there one. */
import { spawnSync } from 'node:child_process';
import { describeWhere, testWhere } from './where-possible.ts';

const isHere = spawnSync('openssl', ['version']).status === 0;
const otherwise = 'openssl is not installed here';

/** Tests that need OpenSSL's program. */
export const testWithOpenssl = testWhere(isHere, otherwise);
export const describeWithOpenssl = describeWhere(isHere, otherwise);
