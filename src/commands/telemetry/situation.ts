import { FrontEndError } from '../../errors.ts';
import { findWasp } from '../../handoff/locate.ts';
import type { Wasp } from '../../handoff/wasp.ts';
import type { Host } from '../../host.ts';
import { choiceFile } from '../../telemetry/choice.ts';
import { type Consent, readConsent } from '../../telemetry/consent.ts';
import { type Destination, readDestination } from '../../telemetry/destination.ts';
import { findProject, projectHash } from '../../telemetry/project.ts';
import { telemetryDirectory } from '../../telemetry/report-if-due.ts';

/** Everything that decides about a report here and now. Collected without writing anything. */
export interface Situation {
  readonly consent: Consent;
  /** The file of the persisted choice; undefined where there is no home. */
  readonly choiceFile: string | undefined;
  /** The `telemetry` directory; undefined where there is no home. */
  readonly directory: string | undefined;
  readonly project: { readonly root: string; readonly hash: string } | undefined;
  readonly destination: Destination | { readonly refused: string };
  /** The real Wasp, or why there is none. */
  readonly wasp: Wasp | { readonly missing: string };
}

export async function readSituation(host: Host): Promise<Situation> {
  const directories = await host.directories();
  const root = findProject(host);
  return {
    consent: await readConsent(host, directories),
    choiceFile: choiceFile(directories),
    directory: directories.cache === undefined ? undefined : telemetryDirectory(directories.cache),
    project: root === undefined ? undefined : { root, hash: projectHash(root) },
    destination: readDestination(host.env),
    wasp: lookForWasp(host, root),
  };
}

function lookForWasp(host: Host, project: string | undefined): Situation['wasp'] {
  try {
    return findWasp(host, project) ?? { missing: 'not installed' };
  } catch (error) {
    if (error instanceof FrontEndError) return { missing: error.message };
    throw error;
  }
}
