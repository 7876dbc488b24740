import type { Host } from '../../host/host.ts';
import { formatLocalTime } from '../../host/time.ts';
import { journalFolder } from '../../sender/journal.ts';
import { proxyFor } from '../../sender/proxy.ts';
import { obstacleToSender } from '../../sender/start.ts';
import { pausedUntil } from '../../telemetry/claims.ts';
import { isOn } from '../../telemetry/is-on.ts';
import type { Slot } from '../../telemetry/slot.ts';
import { obstacleToState } from '../../telemetry/state-obstacle.ts';
import type { Situation } from './situation.ts';
import { obstacleInWords, reasonOf } from './words.ts';

/** What becomes of the next command of a slot. Preview and status both ask here, so that neither promises what doesn't happen. */
export interface Outlook {
  /** When its pause ends, in milliseconds since the epoch; undefined if there is none, or if it can't be told. */
  readonly pausedUntil: number | undefined;
  /** Why it is not reported, whatever the pause says; undefined if it is. */
  readonly obstacle: string | undefined;
}

export function outlookFor(host: Host, situation: Situation, slot: Slot): Outlook {
  const { directory, project } = situation;
  const obstacle = findObstacle(host, situation, slot);
  if (directory === undefined || project === undefined) return { pausedUntil: undefined, obstacle };
  try {
    return { pausedUntil: pausedUntil(host, directory, project.hash, slot), obstacle };
  } catch (error) {
    const unreadable = `the pause can't be read: ${(error as Error).message}`;
    return { pausedUntil: undefined, obstacle: obstacle ?? unreadable };
  }
}

/** Why a command is not reported now, in words; undefined if it is. */
export function whyNotReported({ obstacle, pausedUntil }: Outlook): string | undefined {
  return obstacle ?? (pausedUntil === undefined ? undefined : `paused until ${formatLocalTime(pausedUntil)}`);
}

function findObstacle(host: Host, situation: Situation, slot: Slot): string | undefined {
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
  const noSender = obstacleToSender(host);
  if (noSender !== undefined) return `no sender can be started: ${noSender}`;
  const obstacle = obstacleToState(host, directory, { hash: project.hash, slot }, [journalFolder(directory)]);
  return obstacle && `what is sent can't be kept track of: ${obstacleInWords(obstacle)}`;
}
