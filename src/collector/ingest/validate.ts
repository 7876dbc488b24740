/**
 * An event as a client sent it → what is stored, or the reason why not. An allow-list: what is not read here is
 * never stored, whatever else the client sent.
 */
import { ACCEPTED_DEPLOY_WORDS, ACCEPTED_OS, isProjectHash, isVersion } from '../../protocol/rules.ts';
import { KINDS, type Kind } from '../kinds.ts';
import { DAY_MS } from '../quarter-hours.ts';
import type { Event } from '../store/event.ts';
import { uuidBytes } from '../store/uuid.ts';
import { type ContextRule, keptContext } from './context.ts';
import { keptId } from './distinct-id.ts';
import { personalRuleOf } from './personal-data.ts';
import type { Refusal } from './refusal.ts';
import { type Fields, isFields, type RawEvent } from './unwrap.ts';

const KIND_OF: ReadonlyMap<unknown, Kind> = new Map(Object.entries(KINDS));

/** Milliseconds that a client's clock may be behind (a queue that was offline for long) or ahead of ours. */
const OLDEST = 30 * DAY_MS;
const NEWEST = 3600_000;

/** What was kept out of a stored event: the id behind its hash, or words of the context that a rule knows. */
export type KeptOut = 'distinct_id' | `context_${ContextRule}`;

/** `now`: milliseconds UTC, the server's clock. `onKeptOut` hears of each thing that is kept out of a stored event. */
export function validate(
  raw: RawEvent,
  now: number,
  onKeptOut: (what: KeptOut) => void = () => {},
): Event | Refusal {
  if (typeof raw.name !== 'string') return 'bad_event';
  const kind = KIND_OF.get(raw.name);
  if (kind === undefined) return 'unknown_event';
  const id = keptId(raw.distinctId, kind, now);
  if (typeof id === 'string') return id;
  if (!isFields(raw.properties)) return 'bad_event';

  const details = kind === KINDS.cli ? command(raw.properties) : installation(raw.properties);
  if (typeof details === 'string') return details;
  if (id.hashed) onKeptOut('distinct_id');
  return {
    receivedAt: now,
    kind,
    distinctId: id.distinctId,
    ...details,
    context: keptContext(details.context, (rule) => onKeptOut(`context_${rule}`)),
    clientTime: saneTime(raw.timestamp, now),
    uuid: uuidBytes(raw.uuid),
  };
}

type Details = Pick<Event, 'projectHash' | 'isBuild' | 'deploy' | 'version' | 'os' | 'context'>;

/** Years-old versions of Wasp, which are still in use and in exports, send fewer keys. */
function command(properties: Fields): Details | Refusal {
  const {
    project_hash,
    is_build = false,
    deploy_cmd_args = '',
    wasp_version,
    os = '',
    context = '',
  } = properties;
  if (!isProjectHash(project_hash)) return 'bad_project_hash';
  if (typeof is_build !== 'boolean') return 'bad_is_build';
  if (typeof deploy_cmd_args !== 'string' || deploy_cmd_args.length > 256) return 'bad_deploy_cmd_args';
  // Our front end doesn't wait for a Wasp that is slow to tell its version, and sends an empty one.
  if (wasp_version !== '' && (!isVersion(wasp_version) || hasAddress(wasp_version)))
    return 'bad_wasp_version';
  if (!isOs(os)) return 'bad_os';
  if (typeof context !== 'string') return 'bad_context';
  return {
    projectHash: project_hash,
    isBuild: is_build,
    deploy: knownWords(deploy_cmd_args),
    version: wasp_version,
    os,
    context,
  };
}

/** Installers send `os`, and the newer ones `context`. */
function installation({ os = '', context = '' }: Fields): Details | Refusal {
  if (!isOs(os)) return 'bad_os';
  if (typeof context !== 'string') return 'bad_context';
  return { projectHash: null, isBuild: false, deploy: '', version: '', os, context: context.trim() };
}

/** Behind a version there may stand a text of the client's: `0.25.0-203.0.113.77`. */
function hasAddress(version: string): boolean {
  const [, suffix = ''] = /[-+](.*)$/.exec(version) ?? [];
  const rule = personalRuleOf(suffix);
  // Digits alone are a date, or the number of a build.
  return rule !== undefined && rule !== 'phone';
}

function isOs(value: unknown): value is string {
  return value === '' || (typeof value === 'string' && ACCEPTED_OS.has(value));
}

/** A word that a newer Wasp reports is not stored, but the deployment still counts, also if it is the only word. */
function knownWords(deployCommandArguments: string): string {
  if (deployCommandArguments === '') return '';
  const words = new Set(deployCommandArguments.split(';'));
  return [...words].filter((word) => ACCEPTED_DEPLOY_WORDS.has(word)).join(';') || 'other';
}

function saneTime(timestamp: unknown, now: number): number | null {
  if (typeof timestamp !== 'string' || timestamp.length > 40) return null;
  const time = Date.parse(timestamp);
  return time > now - OLDEST && time < now + NEWEST ? time : null;
}
