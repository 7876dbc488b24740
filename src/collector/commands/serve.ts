import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { Command, Option } from 'commander';
import { parseAddress } from '../clickhouse/address.ts';
import { messageOf, OperatorError } from '../errors.ts';
import type { Certificate } from '../ingest/listener.ts';
import { type Ingest, startIngest } from '../ingest/server.ts';
import { publishedMessages } from '../publish/published.ts';
import { type MessagesSource, messagesSource } from '../publish/source.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { isBusy, isDiskFull } from '../store/sqlite-error.ts';
import { caOption, dataOption, parseDays, parseListen, parseRate } from './options.ts';
import { checkFiles } from './serve/check-files.ts';
import { clockDoubt } from './serve/clock-doubt.ts';
import { healthOf } from './serve/health.ts';
import { expectKeys, type KeptMessages, keepMessages } from './serve/keep-messages.ts';
import { keepRollups } from './serve/keep-rollups.ts';
import { keepShipping, type Shipping } from './serve/keep-shipping.ts';
import { openLog } from './serve/log.ts';
import { addPageOptions, type ServePageOptions, servePage } from './serve/page.ts';
import { heedSignals } from './serve/signals.ts';
import { watchedInsert } from './serve/watched-insert.ts';

interface ServeOptions extends ServePageOptions {
  listen: { host: string; port: number };
  tlsCert?: string;
  tlsKey?: string;
  trustProxy: boolean;
  apiKey: string[];
  keepRaw?: number;
  trustClock: boolean;
  addressLimit: number;
  keyLimit: number;
  shipTo?: string;
  messagesFrom?: MessagesSource;
}

/** Milliseconds that a commit waits for another process; the committer tries again, and requests are read meanwhile. */
const BUSY_TIMEOUT = 10;

export function serveCommand(): Command {
  const command = new Command('serve')
    .description('receive reports over HTTP and store them')
    .addOption(dataOption())
    .addOption(
      new Option('--listen <host:port>', 'where to listen; port 0 takes any free one')
        .argParser(parseListen)
        .default({ host: '127.0.0.1', port: 8620 }, '127.0.0.1:8620'),
    )
    .option('--tls-cert <file>', 'PEM certificate chain; read again on SIGHUP')
    .option('--tls-key <file>', "PEM private key of the certificate; without both, it's plain HTTP")
    .option(
      '--trust-proxy',
      'limit senders by the last X-Forwarded-For entry: only behind a proxy that sets it',
      false,
    )
    .option('--api-key <key...>', 'accept these api_keys only; any is accepted without it', [])
    .option(
      '--keep-raw <days>',
      'drop raw events older than this, such as 400d; rollups keep the totals',
      parseDays,
    )
    .option(
      '--trust-clock',
      'drop them although the clock is more than a day after what was seen last',
      false,
    )
    .option('--ship-to <address>', 'send what is received to ClickHouse; see `ship`', checkedAddress)
    .addOption(caOption())
    .option(
      '--messages-from <source>',
      'hand out the signed file of this URL or path, read every 30 s; needs WASP_MESSAGES_PUBLIC_KEY',
      messagesSource,
    )
    .option('--address-limit <rate>', 'events per second from one address, or off', parseRate, 100)
    .option('--key-limit <rate>', 'events per second for one api_key, or off', parseRate, 50_000);
  return addPageOptions(command).action(serve);
}

async function serve(options: ServeOptions): Promise<void> {
  const signals = heedSignals();
  const log = openLog();
  const certificate = readCertificate(options);
  if (options.messagesFrom) expectKeys(options.data);
  const store = openForReceiving(options);
  const watched = watchedInsert(store);
  const doubt = clockDoubt(store.state().newestEvent, Date.now());
  if (doubt) log(doubt.sentence);
  const page = await servePage(options, watched.received, log).catch(closing(store));
  const messages = publishedMessages(options.data, log);
  const files = checkFiles(options.data, log);
  const shipping = shippingOf(options, store, log);
  const fetched = messagesOf(options, log);
  const ingest = await startIngest({
    ...listenerOptions(options),
    tls: certificate,
    insert: watched.insert,
    health: healthOf({
      dataDir: options.data,
      store,
      damage: files.damage,
      failure: watched.failure,
      shipping: shipping?.state,
    }),
    messages,
    registerMetrics: (registry) => [shipping, fetched].forEach((one) => void one?.register(registry)),
    log,
  }).catch(async (error: NodeJS.ErrnoException) => {
    files.stop();
    fetched?.stop();
    await shipping?.stop();
    await page?.close();
    store.close();
    throw notListening(options, error);
  });
  const rollups = keepRollups(options.data, options.keepRaw, shipping?.upTo, log);
  // Looked at once now: that messages fall silent soon is to stand in the journal of this start.
  messages();
  log(`listening on ${urlOf(ingest, certificate !== undefined)}, data in ${options.data}`);

  signals.onHangup(() => reloadCertificate(ingest, options, log));
  await signals.stop;
  log('draining');
  rollups.stop();
  files.stop();
  fetched?.stop();
  await page?.close();
  await ingest.drain();
  await shipping?.stop();
  store.close();
  log('stopped');
}

/** Closes the store when what follows fails. */
function closing(store: Store): (error: unknown) => never {
  return (error) => {
    store.close();
    throw error;
  };
}

/** Where reports are taken, and whose. */
function listenerOptions({ listen, trustProxy, apiKey, addressLimit, keyLimit }: ServeOptions) {
  return { ...listen, trustProxy, apiKeys: apiKey, addressLimit, keyLimit };
}

function openForReceiving({ data, keepRaw, trustClock }: ServeOptions): Store {
  const store = openStore(data, { busyTimeout: BUSY_TIMEOUT, receiving: true });
  expectWritable(store, data);
  // Before the first report that bears the clock's time.
  if (keepRaw !== undefined) store.contradictedTime(Date.now(), trustClock);
  return store;
}

/** A full disk and a lock end some time, and reports are refused until then; that no report can ever be stored is told at once. */
function expectWritable(store: Store, data: string): void {
  try {
    store.probe(Date.now());
  } catch (error) {
    if (isBusy(error) || isDiskFull(error)) return;
    store.close();
    throw new OperatorError(`Can't store anything in ${data}: ${messageOf(error)}`);
  }
}

function shippingOf(
  { data, shipTo, ca }: ServeOptions,
  store: Store,
  log: (line: string) => void,
): Shipping | undefined {
  return shipTo === undefined ? undefined : keepShipping({ dataDir: data, store, to: shipTo, ca, log });
}

function messagesOf(
  { data, messagesFrom }: ServeOptions,
  log: (line: string) => void,
): KeptMessages | undefined {
  return messagesFrom && keepMessages({ dataDir: data, source: messagesFrom, log });
}

function notListening({ listen }: ServeOptions, error: Error): OperatorError {
  return new OperatorError(`Can't listen on ${listen.host}:${listen.port}: ${error.message}`);
}

/** As it was written: the process that ships reads it again. */
function checkedAddress(text: string): string {
  parseAddress(text);
  return text;
}

function urlOf({ address }: Ingest, tls: boolean): string {
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `${tls ? 'https' : 'http'}://${host}:${address.port}`;
}

function readCertificate({ tlsCert, tlsKey }: ServeOptions): Certificate | undefined {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new OperatorError('--tls-cert and --tls-key belong together; one of them is missing.');
  }
  try {
    const certificate = { cert: readFileSync(tlsCert), key: readFileSync(tlsKey) };
    createSecureContext(certificate);
    return certificate;
  } catch (error) {
    throw new OperatorError(`Can't use the certificate: ${messageOf(error)}`);
  }
}

/** A renewal that went wrong must not take down a server that still has a working certificate. */
function reloadCertificate(ingest: Ingest, options: ServeOptions, log: (line: string) => void): void {
  try {
    const certificate = readCertificate(options);
    if (certificate) ingest.replaceCertificate(certificate);
    log('certificate read again');
  } catch (error) {
    log(`kept the old certificate: ${messageOf(error)}`);
  }
}
