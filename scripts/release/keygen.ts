/** `npm run release:keygen -- FILE`: makes a release key. The secret part goes to FILE, the public part is printed. */
import { createPrivateKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { makeSecretKey, publicKeyOf } from './signature.ts';

const [file] = process.argv.slice(2);
if (!file) throw new Error('Usage: npm run release:keygen -- FILE');
const secret = makeSecretKey();
// Never over another key.
writeFileSync(file, secret, { mode: 0o600, flag: 'wx' });
console.log(publicKeyOf(createPrivateKey(secret)));
