import { createHash } from 'node:crypto';
import type { Event } from '../store/event.ts';

/**
 * A uuid for each invented event, in the form of a version 8 UUID: the same for the same year and place in it. Without one,
 * an export would make it of something that is another in each store.
 * @param year all that the year depends on
 */
export function withUuids(year: string): (event: Event) => Event {
  let number = 0;
  return (event) => {
    number += 1;
    const bytes = createHash('sha256').update(`${year} ${number}`).digest().subarray(0, 16);
    bytes[6] = 0x80 | ((bytes[6] as number) & 0x0f);
    bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f);
    return { ...event, uuid: bytes };
  };
}
