/** Text of anyone's making for one line of a terminal: what is not to be seen is written as `\\u001b`. In JSON it stays the same text. */
export function escapeUnseen(text: string): string {
  // Control, format and unassigned characters, unpaired surrogates, line separators: a terminal obeys them, or draws them
  // as nothing. Paths and variables may hold any of them. Here, so that only those who need it have it made.
  const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;
  return text.replace(unseen, (character) =>
    Array.from({ length: character.length }, (_, at) => escapeUnit(character.charCodeAt(at))).join(''),
  );
}

/** The same for text of several lines. */
export function escapeUnseenInLines(text: string): string {
  return text.split('\n').map(escapeUnseen).join('\n');
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
