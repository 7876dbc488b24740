import type { Host } from '../host/host.ts';
import { LICENCE_TEXTS } from './licence-texts.ts';

/** `wasp --licenses`: the licences of the front end, of the packages in it, and of Node. */
export function printLicences(host: Host): void {
  host.write(1, LICENCE_TEXTS);
}
