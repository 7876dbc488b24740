/**
 * Text in which a user or a machine could be found again. The rules are named because what they keep out is counted
 * under their names, and listed in docs/collector.md.
 */
import { isIPv6 } from 'node:net';
import { environmentOf } from '../environment.ts';

/** `phone` and `ip` match whole words too often to be worth a doubt: a build number lost from a context is no loss. */
const RULES = {
  email: (text: string) => /[^\s@]@[^\s@]/.test(text),
  url: (text: string) => /[a-z][a-z0-9+.-]*:\/\//i.test(text),
  mac: (text: string) => MAC.test(text),
  ip: (text: string) => holdsIPv4(text) || holdsIPv6(text),
  phone: (text: string) => isPhoneNumber(text),
} as const;

/** Six pairs of digits, or three groups of four as some routers write it. */
const MAC = /(?<![0-9a-f])(?:(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4})(?![0-9a-f])/i;

export type PersonalRule = keyof typeof RULES;

export const PERSONAL_RULES = Object.keys(RULES) as PersonalRule[];

/** Each of the rules needs one of these, and most contexts have none: this is asked for every report. */
const MAY_HOLD_ADDRESS = /[@%:\d]|(?<![a-z])at(?![a-z])|-..-|\...../i;

/** The first rule that says that this text, a word usually, holds an address; undefined if none does. */
export function personalRuleOf(text: string): PersonalRule | undefined {
  if (!MAY_HOLD_ADDRESS.test(text)) return undefined;
  const forms = [text, ...decoded(text)];
  return PERSONAL_RULES.find((rule) => forms.some((form) => RULES[rule](form)));
}

/** What a text says that is written in codes, and in codes of codes, so often; nothing if it isn't. */
function decoded(text: string, times = 3): string[] {
  const once = withoutCodes(text);
  return once === text || times === 0 ? [] : [once, ...decoded(once, times - 1)];
}

/** Of ASCII characters: `%40`, `%u0040`, `\u0040`, `\x40`, `&#64;`, `&#x40;`. */
const CODES = /(?:%u00|\\u00|\\x|&#x|%)([2-7][0-9a-f]);?|&#(\d{2,3});?/gi;

function withoutCodes(text: string): string {
  return text.replace(CODES, (_, hex, decimal) =>
    String.fromCharCode(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  );
}

/** `word` in brackets or among words, or the character itself. */
const written = (character: string, word: string): string =>
  String.raw`(?:\s*(?:${character}|[[({<]\s*${word}\s*[\])}>])\s*|[\s_]${word}[\s_])`;
const AT = written('@', 'at');
const DOT = written(String.raw`\.`, 'dot');
/**
 * Written in several words, or out: `martin @ example.org`, `martin (at) example dot org`, `martin_at_example.org`. What
 * stands between dots has no character that a dot may have, or some texts would take for ever.
 */
const SPACED_EMAIL = new RegExp(
  String.raw`(?<!\S)[\w.+-]+${AT}[a-z\d-]+(?:${DOT}[a-z\d-]+)*${DOT}[a-z]{2,}`,
  'gi',
);
/** `+385 91 234 5678`, `0041 44 668 18 00`, `(555) 123-4567`, `555 123 4567`. */
const SPACED_PHONE =
  /(?<!\S)(?:tel:)?(?:\(?(?:\+|00?)[\d()./ -]{6,24}|\(?\d{2,4}\)?(?: [\d-]{2,8}){1,4})(?!\S)/gi;

/**
 * The text without the words in which a rule finds an address; `onLeftOut` hears the rule of each. Unchanged, spaces
 * included, if there are none.
 */
export function withoutAddresses(text: string, onLeftOut: (rule: PersonalRule) => void): string {
  if (!MAY_HOLD_ADDRESS.test(text)) return text;
  let found = false;
  const leaveOut = (rule: PersonalRule): ' ' => {
    found = true;
    onLeftOut(rule);
    return ' ';
  };
  const unspaced = text
    // `CI @ example.org` is no address, and says where the report comes from.
    .replace(SPACED_EMAIL, (words) => (environmentOf(words) === 'local' ? leaveOut('email') : words))
    .replace(SPACED_PHONE, (number) => (isPhoneNumber(number.trim()) ? leaveOut('phone') : number));
  const words = unspaced.split(' ').filter((word) => {
    const rule = personalRuleOf(word);
    if (rule !== undefined) leaveOut(rule);
    return word !== '' && rule === undefined;
  });
  return found ? words.join(' ') : text;
}

/** With dots, or as host names write it: `ip-203-0-113-77`. */
function holdsIPv4(text: string): boolean {
  const quads = text.matchAll(/(?<!\d)(\d{1,3})([.,_-])(\d{1,3})\2(\d{1,3})\2(\d{1,3})(?!\d)/g);
  return [...quads].some(([, a, , b, c, d]) => [a, b, c, d].every((part) => Number(part) <= 255));
}

/** Alone, in brackets, with a zone, a prefix length or a name before it: `addr=[fe80::1%eth0]:80`. */
function holdsIPv6(text: string): boolean {
  const runs = text.matchAll(/(?<![g-z])[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*(?![g-z])/gi);
  return [...runs].some(([run]) => {
    // `addr:fe80::1` and `fe80::1:` have a colon too many at one end.
    const candidates = [run, run.replace(/^[0-9a-f]*:(?!:)/i, ''), run.replace(/(?<!:):$/, '')];
    return /[0-9a-f]/i.test(run) && candidates.some(isIPv6);
  });
}

/** A number that says itself that it is one. */
const NAMED_PHONE = /(?:\+|(?:tel|phone|mobile|fax|whatsapp)[:=])[\d(][\d()./_-]{6,}/i;

/** E.164 allows 15 digits; fewer than 7 are no number that can be called from outside. Also behind a name: `phone=+385…`. */
function isPhoneNumber(text: string): boolean {
  const [number] =
    /^(?:tel:)?\(?\+?[\d()./ _-]+(?:(?:x|ext\.?)\d+)?$/i.exec(text) ?? NAMED_PHONE.exec(text) ?? [];
  if (number === undefined) return false;
  const digits = number.replace(/(?:x|ext).*$/i, '').replace(/\D/g, '').length;
  return digits >= 7 && digits <= 15;
}
