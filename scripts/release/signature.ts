/**
 * Signatures of a release, in the two forms that people can check: `<file>.sig`, the bare Ed25519 signature for OpenSSL, and
 * `<file>.minisig`. Format: https://jedisct1.github.io/minisign/, "Signature format" and "Public key format".
 */
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LATEST } from '../package/catalog.ts';

/** A new secret key, as PEM. */
export function makeSecretKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
}

/** The public key of a secret key, as minisign and the installer read it. */
export function publicKeyOf(secret: KeyObject): string {
  return Buffer.concat([Buffer.from('Ed'), idOf(secret), rawPublicKey(secret)]).toString('base64');
}

/** Signs a file: writes `<file>.sig` and `<file>.minisig` beside it. */
export function signFile(file: string, secret: KeyObject): void {
  const content = readFileSync(file);
  writeFileSync(`${file}.sig`, sign(null, content, secret));
  const signature = sign(null, createHash('blake2b512').update(content).digest(), secret);
  const comment = `file:${basename(file)}`;
  const ofComment = sign(null, Buffer.concat([signature, Buffer.from(comment)]), secret);
  const body = Buffer.concat([Buffer.from('ED'), idOf(secret), signature]).toString('base64');
  writeFileSync(
    `${file}.minisig`,
    `untrusted comment: signed with the release key of Wasp's front end
${body}
trusted comment: ${comment}
${ofComment.toString('base64')}
`,
  );
}

/** Signs what has to be signed in a release folder: which version is the newest, and each version's checksums. Returns these files. */
export function signRelease(release: string, secret: KeyObject): string[] {
  const versions = readdirSync(release).filter((name) => /^v\d/.test(name));
  const files = [
    join(release, LATEST, 'latest.json'),
    ...versions.map((name) => join(release, name, 'SHA256SUMS')),
  ];
  for (const file of files) signFile(file, secret);
  return files;
}

/** Which key it is, so that minisign can say that another one is wanted. */
function idOf(secret: KeyObject): Buffer {
  return createHash('sha256').update(rawPublicKey(secret)).digest().subarray(0, 8);
}

function rawPublicKey(secret: KeyObject): Buffer {
  return Buffer.from(createPublicKey(secret).export({ format: 'jwk' }).x as string, 'base64url');
}
