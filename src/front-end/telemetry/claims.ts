import path from 'node:path';
import type { Host } from '../host/host.ts';
import { formatTime, parseTime } from '../host/time.ts';
import { readSharedStamp, sharedStateFile, writeSharedStamps } from './shared-state.ts';
import { PAUSE, RETRY_AFTER, SLOTS, type Slot, slotState } from './slot.ts';

/**
 * At most one report per slot in 12 hours, whatever runs at the same time and whoever dies in between.
 *
 * A claim is a numbered file, `claims/<project hash>-<slot>/<number>`, that holds the time of the claim. To take the
 * slot is to create the next number exclusively: of any number of processes the file system lets one succeed. There
 * is no lock, so there is no stale lock: a winner that is killed right away leaves a claim, which is the pause it owed.
 * The shared file follows the claims; README.md in this folder tells the races.
 */
export interface Claim {
  readonly hash: string;
  readonly slot: Slot;
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly stamp: number;
}

/**
 * Takes the slot, or returns undefined if it is not to be had.
 * @param directory the `telemetry` directory
 * @throws if the state can't be read or written; then nothing may be sent
 */
export function claimSlot(host: Host, directory: string, hash: string, slot: Slot): Claim | undefined {
  const now = host.now();
  const shared = readSharedStamp(host, sharedStateFile(directory, hash), slot);
  const sharedState = shared === 'unclear' ? shared : slotState(shared, now);
  if (sharedState === 'paused') return undefined;

  const newest = newestClaim(host, directory, hash, slot);
  const claimState = slotState(newest?.stamp, now);
  if (claimState === 'paused') {
    publish(host, directory, hash);
    return undefined;
  }

  const claim = { hash, slot, number: (newest?.number ?? 0) + 1, stamp: now };
  if (!host.files.create(claimFile(directory, claim), formatTime(now))) return undefined;
  // Another process may have gone past this number, and tidied it away, while we were held up before creating it.
  if (newestClaim(host, directory, hash, slot)?.number !== claim.number) {
    host.files.remove(claimFile(directory, claim));
    return undefined;
  }
  if (newest) removeClaimsUpTo(host, directory, newest);
  publish(host, directory, hash);

  // State that can't be read or lies in the future is never "never sent": stamped now, open again in 12 hours.
  const unclear = sharedState === 'unclear' || claimState === 'unclear';
  return unclear ? undefined : claim;
}

/** Opens the slot again in 15 minutes, for a sender that knows that no byte of its report left the machine (docs/spec.md section 3). */
export function giveBack(host: Host, directory: string, claim: Claim): void {
  if (newestClaim(host, directory, claim.hash, claim.slot)?.number !== claim.number) return;
  const stamp = host.now() - (PAUSE - RETRY_AFTER);
  host.files.replace(claimFile(directory, claim), formatTime(stamp));
  const file = sharedStateFile(directory, claim.hash);
  if (readSharedStamp(host, file, claim.slot) === claim.stamp) {
    writeSharedStamps(host, file, new Map([[claim.slot, stamp]]));
  }
}

/** When the slot opens, in milliseconds since the epoch, or undefined if it is open. */
export function pausedUntil(host: Host, directory: string, hash: string, slot: Slot): number | undefined {
  const now = host.now();
  const shared = readSharedStamp(host, sharedStateFile(directory, hash), slot);
  const claimed = newestClaim(host, directory, hash, slot)?.stamp;
  const stamps = [shared === 'unclear' ? now : shared, claimed].filter((stamp) => stamp !== undefined);
  const newest = Math.max(...stamps.map((stamp) => Math.min(stamp, now)));
  return slotState(stamps.length ? newest : undefined, now) === 'paused' ? newest + PAUSE : undefined;
}

/**
 * Brings the shared file up to the claims, so that the real Wasp honours them. Whoever writes it looks again
 * afterwards: a process that wrote an older copy over ours sees our claim then, and repairs it.
 */
function publish(host: Host, directory: string, hash: string): void {
  const file = sharedStateFile(directory, hash);
  for (let attempt = 0; attempt < 20; attempt++) {
    const behind = new Map<Slot, number>();
    for (const slot of SLOTS) {
      const stamp = newestClaim(host, directory, hash, slot)?.stamp;
      const shared = readSharedStamp(host, file, slot);
      if (shared === 'unclear') behind.set(slot, stamp ?? host.now());
      else if (stamp !== undefined && (shared === undefined || shared < stamp || shared > host.now())) {
        behind.set(slot, stamp);
      }
    }
    if (behind.size === 0) return;
    writeSharedStamps(host, file, behind);
  }
}

function newestClaim(host: Host, directory: string, hash: string, slot: Slot): Claim | undefined {
  const number = Math.max(0, ...claimNumbers(host, directory, hash, slot));
  if (number === 0) return undefined;
  const file = claimFile(directory, { hash, slot, number });
  // A file system that lost its content in a power cut still knows when the claim was made.
  const stamp = parseTime(host.files.read(file)) ?? host.files.facts(file)?.modified;
  // Tidied away since it was listed: there is a newer one.
  if (stamp === undefined) return newestClaim(host, directory, hash, slot);
  return { hash, slot, number, stamp };
}

function removeClaimsUpTo(host: Host, directory: string, last: Claim): void {
  for (const number of claimNumbers(host, directory, last.hash, last.slot)) {
    if (number <= last.number) host.files.remove(claimFile(directory, { ...last, number }));
  }
}

function claimNumbers(host: Host, directory: string, hash: string, slot: Slot): number[] {
  const names = host.files.list(path.dirname(claimFile(directory, { hash, slot, number: 0 })));
  return names.filter((name) => /^\d+$/.test(name)).map(Number);
}

function claimFile(directory: string, { hash, slot, number }: Omit<Claim, 'stamp'>): string {
  return path.join(directory, 'claims', `${hash}-${slot}`, String(number));
}
