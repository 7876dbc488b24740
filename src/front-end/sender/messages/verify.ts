import { createPublicKey, verify } from 'node:crypto';

/**
 * The key out of `keys` under which this is an Ed25519 signature over these bytes; undefined if there is none.
 * Loaded in the sender only: node:crypto takes milliseconds that a command doesn't have.
 * @param keys base64 of 32 bytes each
 */
export function signingKey(
  bytes: Uint8Array,
  signature: Uint8Array,
  keys: readonly string[],
): string | undefined {
  return keys.find((key) => {
    const x = Buffer.from(key, 'base64').toString('base64url');
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, bytes, publicKey, signature);
  });
}
