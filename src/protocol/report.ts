/** The shape of a report (docs/spec.md section 2): its seven keys stand here and nowhere else. */
import { escapeUnseen } from './escape-unseen.ts';

/** What each key of `properties` holds, in the order in which it is sent. Help, `show` and the docs print these. */
export const REPORT_KEYS = {
  distinct_id: 'a random id made on this machine, or the SHA-256 of WASP_TELEMETRY_USER_ID',
  project_hash: "the first 16 hex digits of the SHA-256 of the project directory's path",
  is_build: 'true for `wasp build`, false for every other command',
  deploy_cmd_args: 'for `wasp deploy`: which of fly, setup, create-db, deploy, cmd were given; else empty',
  wasp_version: "the real Wasp's version",
  os: 'linux, darwin or win32',
  context: 'the content of WASP_TELEMETRY_CONTEXT, and CI when run by a CI service',
} as const;

/** A key of a report's `properties`. */
export type ReportKey = keyof typeof REPORT_KEYS;

/** Exactly the seven keys of {@link REPORT_KEYS}. */
export interface ReportProperties extends Record<ReportKey, string | boolean> {
  distinct_id: string;
  project_hash: string;
  is_build: boolean;
  deploy_cmd_args: string;
  wasp_version: string;
  os: string;
  context: string;
}

/** The event name of a command's report. */
export const COMMAND_EVENT = 'cli';
/** The event name that `scripts/install.sh` sends. */
export const INSTALL_EVENT = 'install-script:run';
/** The event name that the npm package of the real Wasp sends after its installation. */
export const NPM_INSTALL_EVENT = 'npm-package:postinstall';

/** Words of `wasp deploy …` that may be reported, in the order in which they are reported. */
export const DEPLOY_WORDS = ['fly', 'setup', 'create-db', 'deploy', 'cmd'] as const;

/** Wasp's public write key and destination (public in Wasp's own source). */
export const DEFAULT_API_KEY = 'CdDd2A0jKTI2vFAsrI9JWm3MqpOcgHz1bMyogAcwsE4';
export const DEFAULT_URL = 'https://app.posthog.com/capture';

/**
 * The exact request body of a command's report: PostHog's capture form.
 * Keys are written in the order of {@link REPORT_KEYS}, so that preview, wire and journal agree byte by byte.
 */
export function reportBody(apiKey: string, properties: ReportProperties): string {
  const ordered = Object.fromEntries(
    (Object.keys(REPORT_KEYS) as ReportKey[]).map((key) => [key, properties[key]]),
  );
  const body = JSON.stringify({ api_key: apiKey, event: COMMAND_EVENT, properties: ordered });
  // The same JSON, and the same bytes in a preview do nothing to a terminal.
  return escapeUnseen(body);
}
