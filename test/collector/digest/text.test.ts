import { type Digest, MOST_CHARACTERS, textOf } from '../../../src/collector/digest/digest.ts';

/** The text is made of these only. */
function digest(overrides: { text?: string; link?: string }): Digest {
  const { text = '455 active yesterday.', link } = overrides;
  const made = { title: 'Wasp, 2026-11-23', parts: [{ text }], lines: ['used  455'.padEnd(600, '█')], link };
  return made as unknown as Digest;
}

test('the text is title, sentence, matrix and address', () => {
  expect(textOf(digest({ link: 'https://wasp.example.com/' }))).toMatch(
    /^\*\*Wasp, 2026-11-23\*\*\n455 active yesterday\.\n```\nused.*\n```\nhttps:\/\/wasp\.example\.com\/$/,
  );
});

test('where not everything has room, the matrix goes first, and neither title nor address', () => {
  const link = `https://wasp.example.com/?${'x'.repeat(900)}`;
  const text = textOf(digest({ text: 'a sentence '.repeat(50).trim(), link }));
  expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  expect(text).toMatch(/^\*\*Wasp, 2026-11-23\*\*\na sentence/);
  expect(text.endsWith(`\n${link}`)).toBe(true);
  expect(text).not.toContain('```');
});
