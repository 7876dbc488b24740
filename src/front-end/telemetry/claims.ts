import path from 'node:path';
import type { Host } from '../host/host.ts';
import { formatClaim, parseClaim, pauseAfter, type Stamp } from './claim-file.ts';
import { withoutLinks } from './directory.ts';
import { readSharedStamp, sharedStateFile, writeSharedStamps } from './shared-state.ts';
import { PAUSE, RETRY_AFTER, SLOTS, type Slot, slotState } from './slot.ts';

/** More than a claim's file ever holds, in bytes. */
const MAX_CLAIM = 512;
/** A claim's name. Any other is a file that somebody else has put there, such as `007` or a number that has no `String` of its own. */
const CLAIM_NUMBER = /^[1-9]\d{0,14}$/;
/** What the name of a claim whose report a sender has taken on is followed by, in a file beside it. */
const TAKEN_ON = '.taken-on';

/**
 * At most one report per slot in 12 hours, whatever runs at the same time and whichever process dies in between.
 *
 * A claim is a numbered file, `claims/<project hash>-<slot>/<number>`, that holds the time of the claim. To take the
 * slot is to create the next number exclusively: of any number of processes the file system lets one succeed. There
 * is no lock, so there is no stale lock: a winner that is killed right away leaves a claim, which is the pause it owed.
 * The shared file follows the claims; README.md in this folder tells the races.
 */
export interface Claim extends Stamp {
  readonly hash: string;
  readonly slot: Slot;
  readonly number: number;
}

/**
 * Takes the slot, or returns undefined if it is not to be had.
 * @param directory the `telemetry` directory
 * @throws if the state can't be read or written; then nothing may be sent
 */
export function claimSlot(host: Host, directory: string, hash: string, slot: Slot): Claim | undefined {
  // The clock is looked at last: a stamp that is made meanwhile must not seem to lie in the future.
  const shared = readSharedStamp(host, sharedStateFile(directory, hash), slot);
  const sharedState = shared === 'unclear' ? shared : slotState(shared, host.now());
  if (sharedState === 'paused') return undefined;

  const newest = newestClaim(host, directory, hash, slot);
  const now = host.now();
  const pause = pauseAfter(newest, now, host.bootClock);
  if (typeof pause === 'number') {
    publish(host, directory, hash);
    return undefined;
  }

  const claim: Claim = { hash, slot, number: (newest?.number ?? 0) + 1, ...stampAt(host, now) };
  if (!host.files.create(claimFile(directory, claim), formatClaim(claim))) return undefined;
  // Another process may have gone past this number, and tidied it away, while we were held up before creating it.
  if (newestClaim(host, directory, hash, slot)?.number !== claim.number) {
    host.files.remove(claimFile(directory, claim));
    return undefined;
  }
  if (newest) removeClaimsUpTo(host, directory, newest);
  publish(host, directory, hash);

  // State that can't be read or lies in the future is never "never sent": stamped now, open again in 12 hours.
  const unclear = sharedState === 'unclear' || pause === 'unclear';
  return unclear ? undefined : claim;
}

/**
 * Takes it on to send the report of a claim: of any number of processes one succeeds, and only while the claim is the
 * newest.
 * @throws if it can't be written down
 */
export function takeOn(host: Host, directory: string, claim: Omit<Claim, 'stamp'>): boolean {
  if (newestClaim(host, directory, claim.hash, claim.slot)?.number !== claim.number) return false;
  return host.files.create(`${claimFile(directory, claim)}${TAKEN_ON}`, '');
}

/** To be called once it is noted elsewhere that sending has begun. */
export function forgetTakenOn(host: Host, directory: string, claim: Omit<Claim, 'stamp'>): void {
  host.files.remove(`${claimFile(directory, claim)}${TAKEN_ON}`);
}

/** Opens the slot again in 15 minutes, for a sender that knows that no byte of its report left the machine (docs/spec.md section 3). */
export function giveBack(host: Host, directory: string, claim: Claim): void {
  if (newestClaim(host, directory, claim.hash, claim.slot)?.number !== claim.number) return;
  const moved = stampAt(host, host.now(), PAUSE - RETRY_AFTER);
  host.files.replace(claimFile(directory, claim), formatClaim(moved));
  const file = sharedStateFile(directory, claim.hash);
  if (readSharedStamp(host, file, claim.slot) === claim.stamp) {
    writeSharedStamps(host, file, new Map([[claim.slot, moved.stamp]]));
  }
}

/** When the slot opens, in milliseconds since the epoch, or undefined if it is open. */
export function pausedUntil(host: Host, directory: string, hash: string, slot: Slot): number | undefined {
  const shared = readSharedStamp(host, sharedStateFile(directory, hash), slot);
  const newest = newestClaim(host, directory, hash, slot);
  const now = host.now();
  const sharedState = shared === 'unclear' ? shared : slotState(shared, now);
  const pause = pauseAfter(newest, now, host.bootClock);
  // The next command stamps what is unclear.
  if (sharedState === 'unclear' || pause === 'unclear') return now + PAUSE;
  const ends = [pause, sharedState === 'paused' ? (shared as number) + PAUSE : undefined];
  const known = ends.filter((end) => end !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** What a claim notes that is made now, or was made `ago` milliseconds ago. */
function stampAt(host: Host, now: number, ago = 0): Stamp {
  const clock = host.bootClock();
  const stamp = now - ago;
  return clock ? { stamp, clock: { ...clock, uptime: clock.uptime - ago } } : { stamp };
}

/**
 * Brings the shared file up to the claims, so that the real Wasp honours them. A process that writes it looks
 * again afterwards: one that wrote an older copy over ours sees our claim then, and repairs it.
 */
function publish(host: Host, directory: string, hash: string): void {
  const file = sharedStateFile(directory, hash);
  for (let attempt = 0; attempt < 20; attempt++) {
    const behind = new Map<Slot, number>();
    for (const slot of SLOTS) {
      const claimed = newestClaim(host, directory, hash, slot)?.stamp;
      // What is unclear is stamped by the next command of its slot.
      const stamp = claimed === 'unclear' ? undefined : claimed;
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

/** A claim as it is found. `unclear`: its file is none, or can't be read. */
export type FoundClaim = Claim | (Omit<Claim, 'stamp'> & { readonly stamp: 'unclear' });

/** The newest claim on a slot, undefined if there is none. Throws if that can't be told. */
export function newestClaim(host: Host, directory: string, hash: string, slot: Slot): FoundClaim | undefined {
  const number = Math.max(0, ...claimNumbers(host, directory, hash, slot));
  if (number === 0) return undefined;
  const stamp = readStamp(host, claimFile(directory, { hash, slot, number }));
  // Tidied away since it was listed: there is a newer one.
  if (stamp === undefined) return newestClaim(host, directory, hash, slot);
  return stamp === 'unclear' ? { hash, slot, number, stamp } : { hash, slot, number, ...stamp };
}

function readStamp(host: Host, file: string): Stamp | 'unclear' | undefined {
  let text: string | undefined;
  try {
    text = host.files.read(file, MAX_CLAIM);
  } catch {
    return 'unclear';
  }
  const stamp = parseClaim(text);
  if (stamp) return stamp;
  // A file system that lost its content in a power cut still knows when the claim was made.
  const modified = host.files.stat(file)?.modified;
  return modified === undefined ? undefined : { stamp: modified };
}

function removeClaimsUpTo(host: Host, directory: string, { hash, slot, number: last }: FoundClaim): void {
  for (const number of claimNumbers(host, directory, hash, slot)) {
    if (number > last) continue;
    const file = claimFile(directory, { hash, slot, number });
    host.files.remove(file);
    host.files.remove(`${file}${TAKEN_ON}`);
  }
}

function claimNumbers(host: Host, directory: string, hash: string, slot: Slot): number[] {
  const names = host.files.list(withoutLinks(host, directory, slotFolder(directory, hash, slot)));
  return names.filter((name) => CLAIM_NUMBER.test(name)).map(Number);
}

/** Where a slot's claims lie. */
export function slotFolder(directory: string, hash: string, slot: Slot): string {
  return path.join(directory, 'claims', `${hash}-${slot}`);
}

function claimFile(directory: string, { hash, slot, number }: Omit<Claim, 'stamp'>): string {
  return path.join(slotFolder(directory, hash, slot), String(number));
}
