import { searchWasp } from '../../handoff/locate.ts';
import type { Wasp } from '../../handoff/wasp.ts';
import { isFrontEndError } from '../../host/errors.ts';
import type { Directories, Host } from '../../host/host.ts';
import { messagesDirectory } from '../../messages/document-names.ts';
import { trustedKeys } from '../../messages/keys.ts';
import { messagesSource } from '../../sender/messages/source.ts';
import { choiceFile } from '../../telemetry/choice.ts';
import { type Consent, readConsent } from '../../telemetry/consent.ts';
import { type Destination, readDestination } from '../../telemetry/destination.ts';
import { telemetryDirectory } from '../../telemetry/directory.ts';
import { findProject, projectHashOf } from '../../telemetry/project.ts';

/** Everything that decides about a report here and now. Collected without writing anything. */
export interface Situation {
  readonly consent: Consent;
  /** The file of the persisted choice; undefined where there is no home. */
  readonly choiceFile: string | undefined;
  /** The `telemetry` directory; undefined where there is no home. */
  readonly directory: string | undefined;
  readonly project: { readonly root: string; readonly hash: string } | undefined;
  readonly destination: Destination | { readonly refused: string };
  /** Where signed messages come from and go to; undefined where no key is trusted. */
  readonly messages:
    | {
        /** The static file, undefined if there is none. */
        readonly source?: string;
        readonly directory?: string;
      }
    | undefined;
  /** The real Wasp, or why there is none. */
  readonly wasp: Wasp | { readonly missing: string };
}

export async function readSituation(host: Host): Promise<Situation> {
  const directories = await host.directories();
  const root = findProject(host);
  const destination = readDestination(host.env);
  return {
    consent: await readConsent(host, directories),
    choiceFile: choiceFile(directories),
    directory: directories.cache === undefined ? undefined : telemetryDirectory(directories.cache),
    project: root === undefined ? undefined : { root, hash: projectHashOf(host, root) },
    destination,
    messages: messagesHere(host, directories, destination),
    wasp: lookForWasp(host, root),
  };
}

function lookForWasp(host: Host, project: string | undefined): Situation['wasp'] {
  try {
    return searchWasp(host, project).wasp ?? { missing: 'not installed' };
  } catch (error) {
    if (isFrontEndError(error)) return { missing: error.message };
    throw error;
  }
}

function messagesHere(
  host: Host,
  { cache }: Directories,
  destination: Situation['destination'],
): Situation['messages'] {
  if (trustedKeys(host.env).length === 0) return undefined;
  const source = messagesSource(host.env, 'url' in destination ? destination.url : '');
  return {
    ...(source && 'url' in source && { source: source.url }),
    ...(cache !== undefined && { directory: messagesDirectory(cache) }),
  };
}
