import { createPublicKey, verify } from 'node:crypto';

/**
 * Is this an Ed25519 signature under this key over these bytes? A file of its own, loaded where something is to be
 * verified: node:crypto takes milliseconds that a command doesn't have.
 * @param key base64 of 32 bytes
 */
export function isSignedBy(key: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  const x = Buffer.from(key, 'base64').toString('base64url');
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, bytes, publicKey, signature);
}
