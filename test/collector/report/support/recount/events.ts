/** Raw events, and what their fields mean. */
import type { Store } from '../../../../../src/collector/store/store.ts';
import { storedRows } from '../../../support/stored-rows.ts';

export interface RawEvent {
  time: number;
  name: 'cli' | 'script' | 'npm';
  user: string;
  project: string | null;
  isBuild: boolean;
  deploy: string;
  version: string;
  os: string;
  context: string;
}

export const QUARTER = 900_000;
export const DAY = 86_400_000;

export function rawEvents(store: Pick<Store, 'eventsSince'>): RawEvent[] {
  return storedRows(store).map((row) => ({
    time: row.received_at,
    name: (['cli', 'script', 'npm'] as const)[row.kind] as RawEvent['name'],
    user: row.distinct_id,
    project: row.project_hash === null ? null : `${row.distinct_id}/${row.project_hash}`,
    isBuild: row.is_build === 1,
    deploy: row.deploy_cmd_args,
    version: row.wasp_version,
    os: row.os,
    context: row.context,
  }));
}

export const users = (events: readonly RawEvent[]) => [...new Set(events.map(({ user }) => user))];
export const projects = (events: readonly RawEvent[]) => [
  ...new Set(events.map(({ project }) => project).filter((project) => project !== null)),
];
export const quarter = (time: number) => time - (time % QUARTER);
export const versionOf = ({ version }: RawEvent) => (version === '' ? 'unknown' : version);

export function environment({ context }: RawEvent): string {
  const padded = ` ${context.toUpperCase()} `;
  if (padded.includes(' REPLIT ')) return 'replit';
  if (padded.includes(' GITPOD ')) return 'gitpod';
  if (padded.includes(' CODESPACES ')) return 'codespaces';
  return padded.includes(' CI ') ? 'ci' : 'local';
}

export function isDeploy(words: string): boolean {
  return /(^|;)(deploy|launch)(;|$)/.test(words) || words === 'fly' || words === 'railway';
}

export function targetOf(words: string): string {
  return words.match(/fly|railway/)?.[0] ?? 'other';
}

export function systemOf(os: string): string {
  if (os === 'linux') return 'Linux';
  if (os === 'darwin' || os === 'osx') return 'macOS';
  return os.startsWith('win') ? 'Windows' : 'other';
}
