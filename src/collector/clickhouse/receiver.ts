import type { Event } from '../store/event.ts';
import type { Store } from '../store/store.ts';

/** Of a UUID that is made of an event's number: the bytes that hold the number. */
const NUMBER_BYTES = 6;

const NUMBER_ZERO: Event & { number: number } = {
  ...{ number: 0, receivedAt: 0, kind: 0, distinctId: '', projectHash: null, isBuild: false, deploy: '' },
  ...{ version: '', os: '', context: '', clientTime: null, uuid: null },
};

/**
 * The identity of a receiver: what its store puts into the uuid of each event that came without (store/exported-uuid.ts).
 * Made once; a backup and what is restored from it keep it.
 */
export function receiverOf(store: Pick<Store, 'uuidOf'>): string {
  return Buffer.from(store.uuidOf(NUMBER_ZERO)).subarray(NUMBER_BYTES).toString('hex');
}
