import type { Host } from '../../host/host.ts';
import { formatLocalTime, formatTime } from '../../host/time.ts';
import type { Attempt } from '../../sender/attempt.ts';
import { journalFolder, readAttempts } from '../../sender/journal.ts';
import { proxyFor, proxyInWords } from '../../sender/proxy.ts';
import type { Consent } from '../../telemetry/consent.ts';
import { signatureFile } from '../../telemetry/identity.ts';
import { sharedStateFile } from '../../telemetry/shared-state.ts';
import { SLOTS, type Slot } from '../../telemetry/slot.ts';
import { FRONT_END_VERSION } from '../front-end-version.ts';
import { layOut, printJson, type Row } from './layout.ts';
import { type Outlook, outlookFor } from './outlook.ts';
import { readSituation, type Situation } from './situation.ts';
import { outcomeInWords, reasonOf } from './words.ts';

/** Filled in by the build from WASP_PUBLIC_STATISTICS_URL (scripts/bundle.ts). */
declare const BUILT_IN_STATISTICS_URL: string | undefined;

const SLOT_LABELS = { other: 'Commands', build: 'Build' } as const;
const SLOT_COMMANDS = { other: 'command, other than `wasp build`,', build: '`wasp build`' } as const;

/** `wasp telemetry`: everything there is to know, as of now. */
export async function printStatus(host: Host, json?: boolean): Promise<void> {
  const situation = await readSituation(host);
  const outlooks = new Map(SLOTS.map((slot) => [slot, outlookFor(host, situation, slot)]));
  const attempt = lastAttempt(host, situation);
  if (json) printJson(host, statusData(host, situation, outlooks, attempt));
  else host.write(1, layOut(host, statusRows(host, situation, outlooks, attempt)));
}

type Outlooks = ReadonlyMap<Slot, Outlook>;

type LastAttempt = Attempt | 'none' | { readonly unreadable: string };

function lastAttempt(host: Host, { directory }: Situation): LastAttempt {
  try {
    return (directory !== undefined && readAttempts(host, directory).at(-1)) || 'none';
  } catch (error) {
    return { unreadable: (error as Error).message };
  }
}

function attemptInWords(attempt: LastAttempt): string[] {
  if (attempt === 'none') return ['none'];
  if ('unreadable' in attempt) return [`can't be told: ${attempt.unreadable}`];
  return [`${formatLocalTime(attempt.time)}, ${attempt.command}`, outcomeInWords(attempt.outcome)];
}

function statusRows(host: Host, situation: Situation, outlooks: Outlooks, attempt: LastAttempt): Row[] {
  const { consent, choiceFile, project, wasp } = situation;
  return [
    ['Telemetry', `${consent.on ? 'on' : 'off'}: ${reasonOf(host, consent, choiceFile)}`],
    project
      ? ['Project', project.root, `hash ${project.hash}`]
      : ['Project', 'not in a Wasp project: nothing is sent here'],
    ...(project
      ? [...outlooks].map(([slot, outlook]): Row => [SLOT_LABELS[slot], slotInWords(consent, slot, outlook)])
      : []),
    ['Destination', destinationInWords(host, situation)],
    ['Last attempt', ...attemptInWords(attempt)],
    'missing' in wasp
      ? ['Wasp', wasp.missing]
      : ['Wasp', `${wasp.version ?? 'version unknown'}, found in ${wasp.foundIn}`, wasp.file],
    ['Front end', FRONT_END_VERSION],
    ...messageRows(situation),
    ...fileRows(situation),
    [
      'More',
      'what would be sent: wasp telemetry show',
      'what it is for: https://wasp.sh/docs/telemetry',
      ...(statisticsUrl() ? [`what comes of it: ${statisticsUrl()}`] : []),
    ],
  ];
}

/** Where anyone can read what the reports of all users add up to; empty if this build knows no such place. */
function statisticsUrl(): string {
  return typeof BUILT_IN_STATISTICS_URL === 'string' ? BUILT_IN_STATISTICS_URL : '';
}

function slotInWords({ on }: Consent, slot: Slot, { pausedUntil, obstacle }: Outlook): string {
  const paused = pausedUntil === undefined ? 'not paused' : `paused until ${formatLocalTime(pausedUntil)}`;
  if (!on) return pausedUntil === undefined ? 'not paused, but telemetry is off' : paused;
  if (obstacle !== undefined) return `${paused}, but nothing is sent: ${obstacle}`;
  return pausedUntil === undefined ? `free: the next ${SLOT_COMMANDS[slot]} is reported` : paused;
}

/** Where reports go, and by which way. */
function destinationInWords(host: Host, { destination }: Situation): string {
  if ('refused' in destination) return `none, nothing is sent: ${destination.refused}`;
  const proxy = proxyFor(destination.url, host.env);
  if (!proxy) return destination.url;
  if ('refused' in proxy) return `${destination.url}, but nothing is sent: ${proxy.refused}`;
  return `${destination.url}, by way of the proxy ${proxyInWords(proxy)}`;
}

/** Nothing where no key is trusted: then nothing is ever received. */
function messageRows({ messages }: Situation): Row[] {
  if (!messages) return [];
  const { source, directory } = messages;
  const from = typeof source === 'string' ? `, or else from ${source}` : '';
  return [
    ['Messages', `come with the answer to a report${from}`, ...(directory ? [`kept in ${directory}`] : [])],
  ];
}

function fileRows(situation: Situation): Row[] {
  const files = Object.entries(paths(situation));
  if (files.length === 0) return [['Files', 'none: there is no home directory, so nothing is sent']];
  return [['Files', ...files.map(([name, file]) => `${name} ${file}`)]];
}

function paths({ choiceFile, directory, project }: Situation): Record<string, string> {
  return {
    ...(choiceFile !== undefined && { choice: choiceFile }),
    ...(directory !== undefined && {
      directory,
      id: signatureFile(directory),
      ...(project && { pause: sharedStateFile(directory, project.hash) }),
      log: journalFolder(directory),
    }),
  };
}

function statusData(host: Host, situation: Situation, outlooks: Outlooks, attempt: LastAttempt) {
  const { consent, choiceFile, project, destination, wasp } = situation;
  return {
    on: consent.on,
    rule: consent.rule,
    reason: reasonOf(host, consent, choiceFile),
    project: project ?? null,
    slots: project
      ? Object.fromEntries(
          [...outlooks].map(([slot, { pausedUntil, obstacle }]) => [
            slot,
            {
              pausedUntil: pausedUntil === undefined ? null : formatTime(pausedUntil),
              obstacle: obstacle ?? null,
            },
          ]),
        )
      : null,
    destination:
      'refused' in destination ? { url: null, refused: destination.refused } : { url: destination.url },
    ...attemptData(attempt),
    wasp: 'missing' in wasp ? { file: null, missing: wasp.missing } : { version: null, ...wasp },
    frontEnd: FRONT_END_VERSION,
    ...(situation.messages && { messages: situation.messages }),
    ...(statisticsUrl() && { statistics: statisticsUrl() }),
    paths: paths(situation),
  };
}

function attemptData(attempt: LastAttempt) {
  if (attempt === 'none') return { lastAttempt: null };
  if ('unreadable' in attempt) return { lastAttempt: null, logUnreadable: attempt.unreadable };
  return { lastAttempt: { ...attempt, job: undefined, time: formatTime(attempt.time) } };
}
