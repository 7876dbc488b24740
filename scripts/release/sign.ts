/**
 * `npm run release:sign -- FOLDER`: signs the release in FOLDER with the secret key in WASP_RELEASE_KEY (its text, as a CI
 * service keeps it) or in the file that WASP_RELEASE_KEY_FILE names. Fails if the installer doesn't know that key.
 */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LATEST } from '../package/catalog.ts';
import { publicKeyOf, signRelease } from './signature.ts';

const [folder] = process.argv.slice(2);
const { WASP_RELEASE_KEY: text, WASP_RELEASE_KEY_FILE: file } = process.env;
if (!folder || !(text || file)) {
  throw new Error('Usage: WASP_RELEASE_KEY_FILE=FILE npm run release:sign -- FOLDER');
}
const secret = createPrivateKey(text || readFileSync(file as string, 'utf8'));
const installer = readFileSync(join(folder, LATEST, 'install.sh'), 'utf8');
const known = installer.match(/^RELEASE_KEYS='(.*)'$/m)?.[1]?.split(' ') ?? [];
if (!known.includes(publicKeyOf(secret)) && process.env.WASP_INSTALL_PUBLIC_KEY !== publicKeyOf(secret)) {
  throw new Error(
    `The installer doesn't know this key, so it would refuse the release. Add ${publicKeyOf(secret)} to RELEASE_KEYS.`,
  );
}
for (const signed of signRelease(folder, secret)) console.log(`signed ${signed}`);
