import { PALETTE, PAPER, type Scheme } from '../charts/colour.ts';

/** The charts' colours as names for the style sheet; on paper they are those for light. */
export function variables(): string {
  return (
    `:root{${listed('light')}}\n` +
    `@media screen and (prefers-color-scheme:dark){:root{${listed('dark')}}}\n`
  );
}

function listed(scheme: Scheme): string {
  const series = PALETTE[scheme].map((colour, index) => `--series-${index + 1}:${colour}`);
  const paper = Object.entries(PAPER[scheme]).map(([name, colour]) => `--${name}:${colour}`);
  return [...series, ...paper].join(';');
}
