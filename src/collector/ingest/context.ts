/** A context as a client sent it → what is kept of it. Nothing that stands in a context costs its report. */
import { CONTEXT_LIMIT, isContext } from '../../protocol/rules.ts';
import { environmentOf } from '../environment.ts';
import { PERSONAL_RULES, type PersonalRule, withoutAddresses } from './personal-data.ts';

/** Why words of a context are left out. */
export type ContextRule = 'not_ascii' | 'too_long' | PersonalRule;

export const CONTEXT_RULES: readonly ContextRule[] = ['not_ascii', 'too_long', ...PERSONAL_RULES];

/**
 * `onLeftOut` hears of each word that looks like an address, by rule, and once of all that are `not_ascii` or `too_long`:
 * there can be thousands of those.
 */
export function keptContext(sent: string, onLeftOut: (rule: ContextRule) => void): string {
  // Shortened first: the patterns of addresses take longer than linear time.
  return withoutAddresses(isContext(sent) ? sent : shortened(sent, onLeftOut), onLeftOut);
}

function shortened(sent: string, onLeftOut: (rule: ContextRule) => void): string {
  // Full-width letters and the like become the plain ones, so that an address written with them is found.
  const words = sent.normalize('NFKC').split(SEPARATORS).filter(Boolean);
  const plain = words.filter((word) => PRINTABLE.test(word));
  if (plain.length < words.length) onLeftOut('not_ascii');
  const fitting = withinLimit(plain);
  if (fitting.length < plain.length) onLeftOut('too_long');
  return fitting.join(' ');
}

/** White space of any alphabet, and control characters. */
const SEPARATORS = /[\s\p{Cc}]+/u;
const PRINTABLE = /^[\x21-\x7e]+$/;

/** As many of the words as fit, in order. The one that names the environment is the last of most contexts, and always kept. */
function withinLimit(words: readonly string[]): string[] {
  const environment = environmentOf(words.join(' '));
  const naming = words.findIndex((word) => word.toLowerCase() === environment);
  // Every word takes a space too, of which the last has none.
  let room = CONTEXT_LIMIT + 1 - (naming < 0 ? 0 : environment.length + 1);
  return words.filter((word, index) => {
    if (index === naming) return true;
    if (word.length + 1 > room) return false;
    room -= word.length + 1;
    return true;
  });
}
