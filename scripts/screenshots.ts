/**
 * `npm run screenshots`: pictures of the page for the README and docs, from invented reports and a fixed time, so that
 * they change only when the page does. Chromium is /usr/bin/chromium or the one that CHROMIUM names.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startPage } from '../src/collector/page/listener.ts';
import { path } from './paths.ts';
import { demoCalculation } from './screenshots/demo-calculation.ts';

/** A Tuesday morning. */
const NOW = Date.UTC(2026, 10, 24, 7, 30);
const TOKEN = 'only for these pictures';

const PICTURES = [
  { name: 'page-light', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'page-dark', width: 1440, height: 900, colorScheme: 'dark' },
  { name: 'page-phone', width: 390, height: 844, colorScheme: 'light' },
] as const;

const folder = path('docs/images');
const dataDir = mkdtempSync(join(tmpdir(), 'wasp-screenshots-'));
const server = await startPage({
  host: '127.0.0.1',
  port: 0,
  token: TOKEN,
  dataDir,
  calculate: demoCalculation(dataDir, NOW),
  draw: () => Promise.reject(new Error('No picture needs another.')),
  timeZone: 'UTC',
  secure: false,
  now: () => NOW,
  patience: 60_000,
  log: console.error,
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
});
try {
  mkdirSync(folder, { recursive: true });
  for (const { name, width, height, colorScheme } of PICTURES) {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme,
      javaScriptEnabled: false,
    });
    const tab = await context.newPage();
    await tab.goto(`http://127.0.0.1:${server.address.port}/`);
    await tab.getByLabel('Login token').fill(TOKEN);
    await tab.getByRole('button', { name: 'Log in' }).click();
    await tab.screenshot({ path: join(folder, `${name}.png`) });
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
  rmSync(dataDir, { recursive: true });
}
