import { echartsForTests } from './scripts/echarts-for-tests.ts';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '\\.[jt]s$': ['@swc/jest', { jsc: { target: 'es2024' } }] },
  // commander, got and env-paths are published as ES modules only.
  transformIgnorePatterns: [],
  moduleNameMapper: await echartsForTests(),
  setupFiles: ['<rootDir>/test/support/setup.ts'],
  // Far more than any test takes, because the machine may be busy; who waits for a condition gives up before.
  testTimeout: 300_000,
  // Tests of this many processes at once have the machine's cores to share with each other.
  maxWorkers: 2,
};
