/** The real posthog-js in a real browser, on a page of another origin than the collector's. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { ingestServer, type TestIngest } from '../../collector/support/ingest.ts';
import { REAL_WASP_REPORT } from '../../collector/support/reports.ts';
import { launchChromium, testInChromium } from '../../support/chromium.ts';
import { cleanup } from '../../support/cleanup.ts';
import { until } from '../../support/until.ts';

const client = createRequire(import.meta.url).resolve('posthog-js/dist/module.no-external.js');
const { distinct_id: _, ...properties } = REAL_WASP_REPORT.properties;

let browser: Browser | undefined;
afterAll(() => browser?.close());

interface Visit {
  collector: TestIngest;
  tab: Page;
  /** What the browser complained about. */
  complaints: string[];
  /** Addresses of which it has an answer that the page may read. */
  answered: string[];
}

/** A page that has initialised posthog-js with these options. */
async function visit(options: Record<string, unknown>): Promise<Visit> {
  browser ??= await launchChromium();
  const collector = await ingestServer({ apiKeys: ['key'] });
  const settings = {
    api_host: collector.url,
    // Everything but events of ours is switched off; what is left of the rest is PostHog's own servers' business.
    advanced_disable_flags: true,
    autocapture: false,
    capture_pageview: false,
    capture_pageleave: false,
    opt_out_useragent_filter: true,
    ...options,
  };
  const tab = await (await browser.newContext()).newPage();
  cleanup(() => tab.context().close());
  const complaints: string[] = [];
  const answered: string[] = [];
  tab.on('requestfinished', (request) => answered.push(request.url()));
  tab.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  tab.on('pageerror', (error) => complaints.push(error.message));
  tab.on('requestfailed', (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  await tab.goto(await siteOf(settings));
  await tab.waitForFunction('window.ready');
  return { collector, tab, complaints, answered };
}

async function siteOf(settings: unknown): Promise<string> {
  const page = `<!doctype html><link rel="icon" href="data:,"><script type="module">
    import posthog from '/posthog.js';
    posthog.init('key', ${JSON.stringify(settings)});
    window.posthog = posthog;
    window.ready = true;
  </script>`;
  const site = createServer((request, response) => {
    const isScript = request.url === '/posthog.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? readFileSync(client) : page);
  }).listen(0, '127.0.0.1');
  cleanup(() => {
    site.closeAllConnections();
    site.close();
  });
  await once(site, 'listening');
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
}

const capture = `posthog.capture('cli', ${JSON.stringify(properties)})`;

async function expectLanded({ collector, tab }: Visit, id: unknown): Promise<void> {
  await until('the event has landed', () => collector.stored().length > 0);
  const { distinct_id: ours, ...landed } = REAL_WASP_REPORT.properties;
  expect(collector.stored()).toMatchObject([{ ...landed, is_build: 0, distinct_id: id }]);
  expect(collector.stored()[0]?.uuid).not.toBeNull();
  expect(tab.isClosed()).toBe(false);
}

describe.each([
  ['as it comes, batched and packed', {}],
  ['without packing', { disable_compression: true }],
  ['by XMLHttpRequest', { api_transport: 'XHR' }],
  ['without batches', { request_batching: false }],
])('posthog-js, %s', (_how, options) => {
  testInChromium(
    'delivers from a page of another origin, and the browser has nothing against it',
    async () => {
      const visited = await visit(options);
      const id = await visited.tab.evaluate(`${capture}; posthog.get_distinct_id()`);
      await expectLanded(visited, id);
      const { answered, complaints, collector } = visited;
      await until(
        'the browser is done',
        () => complaints.length > 0 || answered.some((address) => address.startsWith(collector.url)),
      );
      expect(complaints).toEqual([]);
    },
  );
});

testInChromium('posthog-js delivers what is still waiting when its page is left', async () => {
  const visited = await visit({ request_queue_config: { flush_interval_ms: 5000 } });
  const id = await visited.tab.evaluate(`${capture}; posthog.get_distinct_id()`);
  await visited.tab.goto('about:blank');
  await expectLanded(visited, id);
});

testInChromium('a key that isn’t accepted is something that the page can read', async () => {
  const { collector, tab } = await visit({});
  const answer = await tab.evaluate(
    `fetch('${collector.url}/e/', { method: 'POST', body: '{"api_key":"other"}' }).then((answer) => answer.json())`,
  );
  expect(answer).toMatchObject({ error: 'bad_api_key' });
});
