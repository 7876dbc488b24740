/** An event as ClickHouse's TabSeparated. */
import type { SENT_COLUMNS } from './schema.ts';

type Line = Readonly<Record<(typeof SENT_COLUMNS)[number], string | number | null>>;

/** An event of a receiver's log, as it is sent. */
export interface ShippedEvent {
  /** Its number in the log of the receiver. */
  number: number;
  distinctId: string;
  /** 32 hex digits. */
  uuid: string;
  receivedAt: number;
  clientTime: number | null;
  kind: number;
  projectHash: string | null;
  isBuild: boolean;
  deploy: string;
  version: string;
  os: string;
  context: string;
}

/** @param receiver its identity */
export function eventLine(event: ShippedEvent, receiver: string): string {
  const line: Line = {
    distinct_id: event.distinctId,
    uuid: event.uuid,
    receiver,
    number: event.number,
    received_at: event.receivedAt,
    client_time: event.clientTime,
    kind: event.kind,
    project_hash: event.projectHash ?? '',
    is_build: event.isBuild ? 1 : 0,
    deploy: event.deploy,
    version: event.version,
    os: event.os,
    context: event.context,
  };
  return `${Object.values(line).map(field).join('\t')}\n`;
}

function field(value: string | number | null): string {
  if (value === null) return '\\N';
  return typeof value === 'number' ? String(value) : value.replace(/[\\\t\n\r\0]/g, escaped);
}

function escaped(character: string): string {
  return ESCAPES[character] as string;
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0' };
