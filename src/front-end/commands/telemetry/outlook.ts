import type { Host } from '../../host/host.ts';
import { formatLocalTime } from '../../host/time.ts';
import { journalFolder } from '../../sender/journal.ts';
import { proxyFor } from '../../sender/proxy.ts';
import { pausedUntil } from '../../telemetry/claims.ts';
import { isOn } from '../../telemetry/is-on.ts';
import type { Slot } from '../../telemetry/slot.ts';
import { obstacleToState } from '../../telemetry/state-obstacle.ts';
import type { Situation } from './situation.ts';
import { reasonOf } from './words.ts';

/**
 * Why the next command of a slot is not reported, whatever the pause says; undefined if it is. Preview and status both
 * ask here, so that neither promises what doesn't happen.
 */
export function obstacleToReports(host: Host, situation: Situation, slot: Slot): string | undefined {
  const { consent, choiceFile, project, directory, destination, wasp } = situation;
  if (!consent.on) return `telemetry is off: ${reasonOf(host, consent, choiceFile)}`;
  if (!project) return 'not in a Wasp project: nothing is sent here';
  if ('refused' in destination) return destination.refused;
  const proxy = proxyFor(destination.url, host.env);
  if (proxy && 'refused' in proxy) return proxy.refused;
  if ('missing' in wasp) return `Wasp is missing: ${wasp.missing}`;
  if (directory === undefined) return 'there is no home directory';
  if (isOn(host.env.WASP_TELEMETRY_DEBUG)) {
    return 'WASP_TELEMETRY_DEBUG is set, so the command prints its report instead';
  }
  const obstacle = obstacleToState(host, directory, { hash: project.hash, slot }, [journalFolder(directory)]);
  return obstacle && `what is sent can't be kept track of: ${obstacle.why}. To mend it: ${obstacle.mend}`;
}

/** Why the next command of a slot is not reported now, its pause included. */
export function obstacleToReport(host: Host, situation: Situation, slot: Slot): string | undefined {
  const obstacle = obstacleToReports(host, situation, slot);
  if (obstacle !== undefined) return obstacle;
  const { directory, project } = situation;
  try {
    const until = pausedUntil(host, directory ?? '', project?.hash ?? '', slot);
    return until === undefined ? undefined : `paused until ${formatLocalTime(until)}`;
  } catch (error) {
    return `the pause can't be read: ${(error as Error).message}`;
  }
}
