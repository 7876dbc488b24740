/** Parsers of the values of the digest's options. */
import { InvalidArgumentError } from 'commander';

/** What Discord takes as the address of an embed. */
const LONGEST_LINK = 1000;

/** An address for readers, which they can open. */
export function parseLink(value: string): string {
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol) || value.length > LONGEST_LINK)
    throw new InvalidArgumentError('Expected an address such as https://wasp.example.com/.');
  return url.href;
}

/** `team@example.com`, `Wasp <digest@example.com>` */
export function parseMailAddress(value: string): string {
  if (!/^(?:[^<>\p{C}]*<[^\s<>@,;]+@[^\s<>@,;]+>|[^\s<>@,;]+@[^\s<>@,;]+)$/u.test(value))
    throw new InvalidArgumentError('Expected an address such as team@example.com.');
  return value;
}

/** The same for an option that may be repeated. */
export function addMailAddress(value: string, others: readonly string[]): string[] {
  return [...others, parseMailAddress(value)];
}
