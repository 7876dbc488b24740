import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page as Tab } from 'playwright-core';
import { until } from '../support/until.ts';
import { logIn, SCREENSHOTS, useBrowser, visit } from './support/browser.ts';

useBrowser();

const PHONE = { viewport: { width: 390, height: 844 } };
const WIDTHS = [1440, 1024, 390] as const;
const SCHEMES = ['light', 'dark'] as const;
const EACH = WIDTHS.flatMap((width) => SCHEMES.map((scheme) => [width, scheme] as const));

test.each(EACH)(
  'at %i pixels, %s, nothing sticks out, and axe finds nothing to complain about',
  async (width, scheme) => {
    const visited = await visit({ viewport: { width, height: 900 }, colorScheme: scheme });
    const { tab } = visited;
    await tab.goto(visited.origin);
    expect(await violations(tab)).toEqual([]);
    await logIn(visited);
    expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const background = await tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(background).toBe(scheme === 'dark' ? 'rgb(23, 20, 18)' : 'rgb(250, 249, 247)');
    await tab.screenshot({ path: `${SCREENSHOTS}/page-${width}-${scheme}.png`, fullPage: true });
    expect(await violations(tab)).toEqual([]);
    for (const summary of await tab.locator('summary').all()) await summary.click();
    expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(await violations(tab)).toEqual([]);
  },
);

test('axe finds nothing to complain about on the pages beside the figures', async () => {
  const visited = await visit();
  const { tab, origin } = visited;
  await logIn(visited);
  for (const path of ['/shares', '/table/retention', '/?period=century']) {
    await tab.goto(origin + path);
    expect([path, await violations(tab)]).toEqual([path, []]);
  }
}, 300_000);

async function violations(tab: Tab): Promise<string[]> {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await tab.evaluate(axe);
  return tab.evaluate(async () => {
    const { axe: found } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations: all } = await found.run();
    return all.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  });
}

test('sentence, matrix and trend are above the fold at 1440 × 900, the matrix on a phone', async () => {
  const large = await visit();
  await logIn(large);
  const bottom = (tab: Tab, selector: string) =>
    tab.evaluate(
      (wanted) => document.querySelector(wanted)?.getBoundingClientRect().bottom ?? Number.POSITIVE_INFINITY,
      selector,
    );
  expect(await bottom(large.tab, '.matrix')).toBeLessThan(500);
  expect(await bottom(large.tab, '.figures .chart:first-of-type > svg')).toBeLessThan(900);

  const small = await visit(PHONE);
  await logIn(small);
  expect(await bottom(small.tab, '.matrix')).toBeLessThan(844);
  const right = await small.tab
    .locator('.matrix td')
    .evaluateAll((cells) => Math.max(...cells.map((cell) => cell.getBoundingClientRect().right)));
  expect(right).toBeLessThanOrEqual(390);
});

test('on a phone everything that is touched is at least 44 pixels high and wide', async () => {
  const visited = await visit(PHONE);
  const { tab } = visited;
  await logIn(visited);
  for (const files of await tab.locator('.files summary').all()) await files.click();
  const small = await tab.locator('a, button, input:not([type=hidden]), select, summary').evaluateAll((all) =>
    all
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ element, box }) => !element.matches('.skip') && (box.height < 44 || box.width < 44))
      .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} ${box.width} × ${box.height}`),
  );
  expect(small).toEqual([]);
});

test('words in charts can be read on a phone', async () => {
  const visited = await visit(PHONE);
  const { tab } = visited;
  await logIn(visited);
  const heights = await tab
    .locator('figure.chart > svg text')
    .evaluateAll((all) => all.map((text) => text.getBoundingClientRect().height));
  expect(Math.min(...heights)).toBeGreaterThan(11);
});

test('printed on A4 it is a few pages, light, without what can only be clicked', async () => {
  const visited = await visit({ colorScheme: 'dark' });
  const { tab } = visited;
  await logIn(visited);
  const pdf = await tab.pdf({ path: `${SCREENSHOTS}/page.pdf`, preferCSSPageSize: true });
  // Chromium stores a pattern as a picture for each shape that has it, which makes megabytes.
  expect(pdf.length).toBeLessThan(1_000_000);
  const text = pdf.toString('latin1');
  expect(text).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/);
  const pages = text.match(/\/Type \/Page\b/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(1);
  expect(pages).toBeLessThan(9);

  await tab.emulateMedia({ media: 'print' });
  await tab.setViewportSize({ width: 703, height: 1000 });
  expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBe(703);
  expect(await tab.locator('form:visible, button:visible, summary:visible').count()).toBe(0);
  const background = await tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(background).toBe('rgb(250, 249, 247)');
  await tab.screenshot({ path: `${SCREENSHOTS}/print.png`, fullPage: true });
});

test('at a quarter of the processor’s speed nothing blocks the page for 200 ms', async () => {
  const visited = await visit();
  const { tab, context } = visited;
  await logIn(visited);
  const session = await context.newCDPSession(tab);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await tab.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { tasks });
    new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({
      type: 'longtask',
      buffered: true,
    });
  });
  await until('in some round nothing does: other programs on the machine have their moments', async () => {
    await tab.reload({ waitUntil: 'networkidle' });
    const longest = () => Math.max(0, ...(globalThis as unknown as { tasks: number[] }).tasks);
    return (await tab.evaluate(longest)) < 200;
  });
});
