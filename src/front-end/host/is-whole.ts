/** What stands in a string for bytes that are not UTF-8. */
const LOST = '\ufffd';

/** Is a text of the environment or the command line all there, or may it have lost bytes that are not UTF-8? */
export function isWhole(text: string): boolean {
  return !text.includes(LOST);
}
