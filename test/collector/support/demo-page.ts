import { pngOf } from '../../../src/collector/charts/png.ts';
import { type Page, type PageOptions, startPage } from '../../../src/collector/page/listener.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { DEMO_NOW } from './demo-report.ts';

/** What opens {@link startDemoPage}'s page. */
export const TOKEN = 'a token for this test only';

/** The morning page on a free port of loopback, at the time of the demonstration's reports. The caller closes it. */
export function startDemoPage(options: Pick<PageOptions, 'calculate'> & Partial<PageOptions>): Promise<Page> {
  return startPage({
    host: '127.0.0.1',
    port: 0,
    token: TOKEN,
    dataDir: temporaryDirectory(),
    draw: (svg) => pngOf(svg, 1120),
    timeZone: 'UTC',
    secure: false,
    // Charts are drawn slowly where tests run side by side.
    patience: 60_000,
    now: () => DEMO_NOW,
    log: () => {},
    ...options,
  });
}
