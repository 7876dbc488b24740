import type { Host } from '../../host/host.ts';
import { formatLocalTime, formatTime } from '../../host/time.ts';
import { type Attempt, journalFolder, readAttempts } from '../../sender/journal.ts';
import { proxyFor, proxyInWords } from '../../sender/proxy.ts';
import { pausedUntil } from '../../telemetry/claims.ts';
import { signatureFile } from '../../telemetry/identity.ts';
import { sharedStateFile } from '../../telemetry/shared-state.ts';
import { SLOTS, type Slot } from '../../telemetry/slot.ts';
import { FRONT_END_VERSION } from '../front-end-version.ts';
import { layOut, printJson, type Row } from './layout.ts';
import { obstacleToReports } from './outlook.ts';
import { readSituation, type Situation } from './situation.ts';
import { outcomeInWords, reasonOf } from './words.ts';

/** Filled in by the build from WASP_PUBLIC_STATISTICS_URL (scripts/bundle.ts). */
declare const BUILT_IN_STATISTICS_URL: string | undefined;

const SLOT_LABELS = { other: 'Commands', build: 'Build' } as const;
const SLOT_COMMANDS = { other: 'command, other than `wasp build`,', build: '`wasp build`' } as const;

/** `wasp telemetry`: everything there is to know, as of now. */
export async function printStatus(host: Host, json?: boolean): Promise<void> {
  const situation = await readSituation(host);
  const pauses = new Map(SLOTS.map((slot) => [slot, pauseOf(host, situation, slot)]));
  const attempt = lastAttempt(host, situation);
  if (json) printJson(host, statusData(host, situation, pauses, attempt));
  else host.write(1, layOut(host, statusRows(host, situation, pauses, attempt)));
}

type Pauses = ReadonlyMap<Slot, number | undefined>;

function pauseOf(host: Host, { directory, project }: Situation, slot: Slot): number | undefined {
  if (directory === undefined || project === undefined) return undefined;
  try {
    return pausedUntil(host, directory, project.hash, slot);
  } catch {
    return undefined;
  }
}

function lastAttempt(host: Host, { directory }: Situation): Attempt | undefined {
  try {
    return directory === undefined ? undefined : readAttempts(host, directory).at(-1);
  } catch {
    return undefined;
  }
}

function statusRows(host: Host, situation: Situation, pauses: Pauses, attempt: Attempt | undefined): Row[] {
  const { consent, choiceFile, project, wasp } = situation;
  return [
    ['Telemetry', `${consent.on ? 'on' : 'off'}: ${reasonOf(host, consent, choiceFile)}`],
    project
      ? ['Project', project.root, `hash ${project.hash}`]
      : ['Project', 'not in a Wasp project: nothing is sent here'],
    ...(project
      ? SLOTS.map((slot): Row => [SLOT_LABELS[slot], slotInWords(host, situation, slot, pauses.get(slot))])
      : []),
    ['Destination', destinationInWords(host, situation)],
    attempt
      ? [
          'Last attempt',
          `${formatLocalTime(attempt.time)}, ${attempt.command}`,
          outcomeInWords(attempt.outcome),
        ]
      : ['Last attempt', 'none'],
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

function slotInWords(host: Host, situation: Situation, slot: Slot, until: number | undefined): string {
  const paused = until === undefined ? 'not paused' : `paused until ${formatLocalTime(until)}`;
  if (!situation.consent.on) return until === undefined ? 'not paused, but telemetry is off' : paused;
  const obstacle = obstacleToReports(host, situation, slot);
  if (obstacle !== undefined) return `${paused}, but nothing is sent: ${obstacle}`;
  return until === undefined ? `free: the next ${SLOT_COMMANDS[slot]} is reported` : paused;
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

function statusData(host: Host, situation: Situation, pauses: Pauses, attempt: Attempt | undefined) {
  const { consent, choiceFile, project, destination, wasp } = situation;
  return {
    on: consent.on,
    rule: consent.rule,
    reason: reasonOf(host, consent, choiceFile),
    project: project ?? null,
    slots: project
      ? Object.fromEntries(
          [...pauses].map(([slot, until]) => [
            slot,
            {
              pausedUntil: until === undefined ? null : formatTime(until),
              obstacle: obstacleToReports(host, situation, slot) ?? null,
            },
          ]),
        )
      : null,
    destination:
      'refused' in destination ? { url: null, refused: destination.refused } : { url: destination.url },
    lastAttempt: attempt ? { ...attempt, job: undefined, time: formatTime(attempt.time) } : null,
    wasp: 'missing' in wasp ? { file: null, missing: wasp.missing } : { version: null, ...wasp },
    frontEnd: FRONT_END_VERSION,
    ...(situation.messages && { messages: situation.messages }),
    ...(statisticsUrl() && { statistics: statisticsUrl() }),
    paths: paths(situation),
  };
}
