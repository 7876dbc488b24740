import { type Command, Option } from 'commander';
import { parseAddress } from '../../clickhouse/address.ts';
import { OperatorError } from '../../errors.ts';
import { calculateElsewhere, pictureElsewhere } from '../../page/calculate.ts';
import { type Page, startPage } from '../../page/listener.ts';
import { pageToken, TOKEN_VARIABLE } from '../../page/token.ts';
import { isLoopback } from '../../sender-address.ts';
import { burstMinimum, burstOption, excludeFileOption, excludeOption, givenIds } from '../filter-options.ts';
import { parseListen } from '../options.ts';

export interface ServePageOptions {
  data: string;
  pageListen?: { host: string; port: number };
  pageTimezone: string;
  pageHttps: boolean;
  pageData?: string;
  ca?: string;
  trustProxy: boolean;
  exclude: string[];
  excludeFile?: string;
  burst: number | false;
}

/** The options of `serve` that concern the morning page. */
export function addPageOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--page-listen <host:port>',
        `also show the report as a page here, to whoever has the token in DIR/page-token or ${TOKEN_VARIABLE}`,
      ).argParser(parseListen),
    )
    .option('--page-timezone <name>', 'the page\u2019s usual calendar', 'UTC')
    .option('--page-data <address>', 'let this ClickHouse answer the page, where --ship-to sends reports')
    .option('--page-https', 'browsers reach the page over HTTPS, through a proxy', false)
    .addOption(excludeOption())
    .addOption(excludeFileOption())
    .addOption(burstOption());
}

/**
 * Starts the page if it is asked for; `received` is the time of the latest report, in milliseconds UTC. Throws
 * `OperatorError` if it can't listen.
 */
export async function servePage(
  options: ServePageOptions,
  received: () => number | undefined,
  log: (line: string) => void,
): Promise<Page | undefined> {
  const { data, pageListen, pageTimezone, pageHttps, pageData = data } = options;
  if (pageData !== data) parseAddress(pageData);
  if (!pageListen) return undefined;
  const { token, file } = pageToken(data, process.env[TOKEN_VARIABLE]);
  const filters = { exclude: givenIds(options), burstMinimum: burstMinimum(options) };
  const stop = new AbortController();
  const page = await startPage({
    ...pageListen,
    token,
    dataDir: data,
    draw: pictureElsewhere(stop.signal),
    received,
    calculate: calculateElsewhere({ data: pageData, ca: options.ca, notes: data }, filters, stop.signal),
    timeZone: pageTimezone,
    secure: pageHttps,
    trustProxy: options.trustProxy,
    log,
  }).catch((error) => {
    throw new OperatorError(`Can't show the page on ${pageListen.host}:${pageListen.port}: ${error.message}`);
  });
  const { address, family, port } = page.address;
  const host = family === 'IPv6' ? `[${address}]` : address;
  log(`the page is at http://${host}:${port}/, its login token in ${file ?? TOKEN_VARIABLE}`);
  if (!pageHttps && !isLoopback(pageListen.host)) {
    log(
      'WARNING: the page is plain HTTP on a public address: its token and its figures can be read on the way. ' +
        'Listen on loopback, or behind a proxy with HTTPS and --page-https',
    );
  }
  return {
    ...page,
    close() {
      stop.abort();
      return page.close();
    },
  };
}
