import { readEvents } from '../../../src/collector/import-export/read-events.ts';
import type { Store } from '../../../src/collector/store/store.ts';

/** An event of the log under the names that it has on the wire. */
export interface StoredRow {
  id: number;
  received_at: number;
  kind: number;
  distinct_id: string;
  project_hash: string | null;
  is_build: number;
  deploy_cmd_args: string;
  wasp_version: string;
  os: string;
  context: string;
  client_time: number | null;
  uuid: Uint8Array | null;
}

/** Everything that is stored, in order. */
export function storedRows(store: Pick<Store, 'eventsSince'>): StoredRow[] {
  return [...readEvents(store)].map((event) => ({
    id: event.number,
    received_at: event.receivedAt,
    kind: event.kind,
    distinct_id: event.distinctId,
    project_hash: event.projectHash,
    is_build: event.isBuild ? 1 : 0,
    deploy_cmd_args: event.deploy,
    wasp_version: event.version,
    os: event.os,
    context: event.context,
    client_time: event.clientTime,
    uuid: event.uuid,
  }));
}
