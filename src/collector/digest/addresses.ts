import { isLoopback } from '../../protocol/secure-url.ts';
import { OperatorError } from '../errors.ts';
import { readSecret } from '../secrets.ts';

/** `https:`, or `http:` to this machine. @throws OperatorError that names the variable and not its value */
export function webAddress(name: string): URL {
  const url = URL.parse(secret(name));
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return url;
  throw new OperatorError(`${name} has to be an address that begins with https: (http: for 127.0.0.1 only).`);
}

/** `smtps:` or `smtp:`. @throws OperatorError that names the variable and not its value */
export function smtpAddress(name: string): URL {
  const url = URL.parse(secret(name));
  if (url && /^smtps?:$/.test(url.protocol) && url.hostname !== '') return url;
  throw new OperatorError(
    `${name} has to begin with smtps: or smtp:, such as smtps://user:password@host. In a password, % @ : / are written %25 %40 %3A %2F.`,
  );
}

/** @throws OperatorError if it isn't set */
export function secret(name: string): string {
  const value = readSecret(name);
  if (value === undefined)
    throw new OperatorError(`${name} is not set, nor ${name}_FILE, the name of a file that holds it.`);
  return value;
}
