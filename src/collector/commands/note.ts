import { existsSync } from 'node:fs';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { Temporal } from 'temporal-polyfill';
import { OperatorError } from '../errors.ts';
import { type Note, notesPath, readNotes, writeNotes } from '../notes.ts';
import { dataOption } from './options.ts';
import { unpackRestored } from './restored-file.ts';
import { whileLocked } from './while-locked.ts';

interface NoteOptions {
  data: string;
  remove: boolean;
}

/** Characters; a mark on a chart is a few words. */
const LONGEST = 80;

export function noteCommand(): Command {
  return new Command('note')
    .description('mark a day on the charts: a launch, an outage; releases are marked anyway')
    .addArgument(new Argument('[date]', 'a day, such as 2026-11-07').argParser(parseDay))
    .addArgument(new Argument('[text]', `at most ${LONGEST} characters`))
    .addOption(dataOption())
    .addOption(new Option('--remove', 'remove that day’s notes, or the one with this text').default(false))
    .addHelpText(
      'after',
      '\nWithout a date, the notes are listed. Examples:\n' +
        '  wasp-collector note 2026-11-07 "Launch week" --data DIR\n' +
        '  wasp-collector note 2026-11-07 --remove --data DIR',
    )
    .action(run);
}

function run(date: string | undefined, text: string | undefined, { data, remove }: NoteOptions): void {
  if (!existsSync(data)) throw new OperatorError(`There is no data directory ${data}. Is --data right?`);
  unpackRestored(data, notesPath(data));
  if (date === undefined) {
    const lines = readNotes(data).map((note) => `${note.date}  ${note.text}\n`);
    process.stdout.write(lines.join(''));
  } else if (remove) {
    change(data, (notes) => without(notes, date, text));
  } else {
    const note = { date, text: checked(text) };
    change(data, (notes) => withNote(notes, note));
  }
}

function change(data: string, changed: (notes: readonly Note[]) => Note[]): void {
  whileLocked(data, 'notes', () => writeNotes(data, changed(readNotes(data))));
}

function withNote(notes: readonly Note[], note: Note): Note[] {
  const isThere = notes.some(({ date, text }) => date === note.date && text === note.text);
  return isThere ? [...notes] : [...notes, note];
}

function without(notes: readonly Note[], date: string, text: string | undefined): Note[] {
  const rest = notes.filter((note) => note.date !== date || (text !== undefined && note.text !== text));
  if (rest.length === notes.length) throw new OperatorError(`There is no such note on ${date}.`);
  return rest;
}

function checked(text: string | undefined): string {
  const words = text?.replace(/\s+/g, ' ').trim() ?? '';
  if (words === '') throw new OperatorError('Say what happened that day: note DATE TEXT.');
  if ([...words].length > LONGEST || /\p{C}/u.test(words)) {
    throw new OperatorError(`A note is one line of at most ${LONGEST} characters.`);
  }
  return words;
}

function parseDay(value: string): string {
  try {
    if (/^\d{4}-\d\d-\d\d$/.test(value))
      return String(Temporal.PlainDate.from(value, { overflow: 'reject' }));
  } catch {}
  throw new InvalidArgumentError('Expected a day of the calendar, such as 2026-11-07.');
}
