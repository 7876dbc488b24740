import { OperatorError } from '../errors.ts';
import { readSecret } from '../secrets.ts';

/** `https:`, or `http:` to this machine. @throws OperatorError that names the variable and not its value */
export function webAddress(name: string): string {
  const text = secret(name);
  const url = URL.parse(text);
  const isLocal = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url?.protocol === 'https:' || isLocal) return text;
  throw new OperatorError(`${name} has to be an address that begins with https: (http: for 127.0.0.1 only).`);
}

/** @throws OperatorError if it isn't set */
export function secret(name: string): string {
  const value = readSecret(name);
  if (value === undefined)
    throw new OperatorError(`${name} is not set, nor ${name}_FILE, the name of a file that holds it.`);
  return value;
}
