import type { Directories, Host } from '../host/host.ts';
import { type Choice, choiceFile, readChoice } from './choice.ts';
import { isOn } from './is-on.ts';
import { NOTICE_DATE } from './notice.ts';

/** Which rule of docs/spec.md section 5 decided. `notice`: nothing is sent because the notice comes first. */
export type Consent =
  | { readonly on: false; readonly rule: 'WASP_TELEMETRY_DISABLE' | 'DO_NOT_TRACK' | 'choice' }
  | { readonly on: false; readonly rule: 'unreadable choice'; readonly why: string }
  | { readonly on: false; readonly rule: 'notice'; readonly choice: Choice }
  | { readonly on: true; readonly rule: 'default' };

/** What a command needs to know before it reports or shows anything. */
export interface Permission {
  readonly consent: Consent;
  readonly directories: Directories;
}

/** Never throws: what can't be found out is off. */
export async function readPermission(host: Host): Promise<Permission> {
  try {
    const directories = await host.directories();
    return { consent: await readConsent(host, directories), directories };
  } catch (error) {
    const consent = { on: false, rule: 'unreadable choice', why: (error as Error).message } as const;
    return { consent, directories: { cache: undefined, config: undefined } };
  }
}

/** On or off, and why: the first rule that matches (docs/spec.md section 5). */
export async function readConsent(host: Host, directories: Directories): Promise<Consent> {
  // Of several values in one environment, one that says off counts.
  if (host.valuesOf('WASP_TELEMETRY_DISABLE').length > 0)
    return { on: false, rule: 'WASP_TELEMETRY_DISABLE' };
  if (host.valuesOf('DO_NOT_TRACK').some(isOn)) return { on: false, rule: 'DO_NOT_TRACK' };
  const choice = readChoice(host, choiceFile(directories));
  if ('unreadable' in choice) return { on: false, rule: 'unreadable choice', why: choice.unreadable };
  if (!choice.enabled) return { on: false, rule: 'choice' };
  const seen = choice.noticeShown === NOTICE_DATE;
  if (!seen && host.isTerminal(2) && !(await host.isCI())) return { on: false, rule: 'notice', choice };
  return { on: true, rule: 'default' };
}
