import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext, BrowserContextOptions, Page as Tab } from 'playwright-core';
import type { Page, PageOptions } from '../../../src/collector/page/listener.ts';
import { startDemoPage, TOKEN } from '../../collector/support/demo-page.ts';
import { demoReports } from '../../collector/support/demo-report.ts';
import { launchChromium } from '../../support/chromium.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

export const SCREENSHOTS = '.cache/screenshots';

/** A page of the demonstration's year and a browser to look at it with. */
export interface Visit {
  origin: string;
  tab: Tab;
  context: BrowserContext;
  server: Page;
  /** What the browser complained about, and every address it asked for. */
  complaints: string[];
  requests: string[];
}

let browser: Browser;
let calculate: PageOptions['calculate'];
let visits: Visit[] = [];

/** To be called once in a file of tests: opens the browser before them, and closes everything after each. */
export function useBrowser(): void {
  beforeAll(async () => {
    calculate = demoReports(temporaryDirectory());
    mkdirSync(SCREENSHOTS, { recursive: true });
    browser = await launchChromium();
  });

  afterEach(async () => {
    await Promise.all(visits.map(({ context }) => context.close()));
    await Promise.all(visits.map(({ server }) => server.close()));
    visits = [];
  });

  afterAll(() => browser?.close());
}

/** The calculation of the demonstration's year. */
export const demo: PageOptions['calculate'] = (question) => calculate(question);

/** Starts a page and opens an empty tab; `options` as in Playwright, `page` as in `startPage`. */
export async function visit(
  options: BrowserContextOptions = {},
  page: Partial<PageOptions> = {},
): Promise<Visit> {
  const server = await startDemoPage({ calculate: demo, ...page });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const complaints: string[] = [];
  const requests: string[] = [];
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('request', (request) => requests.push(request.url()));
  const origin = `http://127.0.0.1:${server.address.port}`;
  const opened = { origin, tab: await context.newPage(), context, server, complaints, requests };
  visits.push(opened);
  return opened;
}

/** Logs in at the page that `tab` shows, or at the front page. */
export async function logIn({ tab, origin }: Visit, address = origin): Promise<void> {
  await tab.goto(address);
  await tab.getByLabel('Login token').fill(TOKEN);
  await tab.getByRole('button', { name: 'Log in' }).click();
  await tab.waitForURL((url) => url.pathname !== '/login');
}
