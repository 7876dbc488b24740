/**
 * `npm run test:browser`: the morning page in a real Chromium, /usr/bin/chromium or the one that CHROMIUM names.
 * Screenshots are left in .cache/screenshots, to be looked at.
 */
import { runJest } from './jest.ts';
import { path } from './paths.ts';

runJest(['--testMatch', path('test/browser/**/*.browser.ts'), '--runInBand']);
