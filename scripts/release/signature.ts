/**
 * Signatures of a release, in the two forms that people can check: `<file>.csr` for OpenSSL and `<file>.minisig` for minisign.
 *
 * OpenSSL's command checks a bare Ed25519 signature from 3.0 on only, but that of a certificate request from 1.1.1 on. So
 * `.csr` is one whose name is the file's SHA-256 (RFC 2986, RFC 8410). The other's format:
 * https://jedisct1.github.io/minisign/, "Signature format" and "Public key format".
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

/** Signs a file: writes `<file>.csr` and `<file>.minisig` beside it. */
export function signFile(file: string, secret: KeyObject): void {
  const content = readFileSync(file);
  writeFileSync(
    `${file}.csr`,
    certificateRequest(createHash('sha256').update(content).digest('hex'), secret),
  );
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

const SEQUENCE = 0x30;
/** CertificationRequestInfo: version 0. Its attributes, which are none, have the tag `[0]`. */
const VERSION = Buffer.from([2, 1, 0]);
const ATTRIBUTES = 0xa0;
/** The object identifiers of a common name, 2.5.4.3, and of Ed25519, 1.3.101.112. */
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const ED25519 = Buffer.from('06032b6570', 'hex');

/** A certificate request in PEM: a common name, and the key which signs it. */
function certificateRequest(commonName: string, secret: KeyObject): string {
  const attribute = der(SEQUENCE, COMMON_NAME, der(0x0c, Buffer.from(commonName)));
  const name = der(SEQUENCE, der(0x31, attribute));
  const key = createPublicKey(secret).export({ format: 'der', type: 'spki' });
  const info = der(SEQUENCE, VERSION, name, key, der(ATTRIBUTES));
  const signature = der(3, Buffer.from([0]), sign(null, info, secret));
  const lines = der(SEQUENCE, info, der(SEQUENCE, ED25519), signature)
    .toString('base64')
    .match(/.{1,64}/g);
  return `-----BEGIN CERTIFICATE REQUEST-----\n${lines?.join('\n')}\n-----END CERTIFICATE REQUEST-----\n`;
}

/** A value of ASN.1 in DER. Throws if it has more than 255 bytes, which a request hasn't. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length < 128 ? [content.length] : [0x81, content.length];
  if (content.length > 255) throw new Error(`${content.length} bytes are too long`);
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
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
