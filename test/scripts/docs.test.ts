import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { path } from '../../scripts/paths.ts';

const DOCS = globSync(['*.md', 'docs/*.md', 'src/**/*.md', '.github/**/*.md'], { cwd: path('.') });
const scripts: Record<string, string> = JSON.parse(readFileSync(path('package.json'), 'utf8')).scripts;

test.each(DOCS)('%s: what its links lead to is there', (doc) => {
  const missing = matches(doc, /\]\(([^)\s]+)\)/g).filter((link) => !isThere(doc, link));
  expect(missing).toEqual([]);
});

test.each(DOCS)('%s: the files that it names are there', (doc) => {
  const names = matches(doc, /(?<![\w/.-])((?:src|test|scripts|bin|docs|\.github|\.ci)\/[\w./-]*\w)/g);
  const missing = names.filter((name) => !/NAME|^(test|bin)\/[^/]+$/.test(name) && !existsSync(path(name)));
  expect(missing).toEqual([]);
});

test.each(DOCS)('%s: the npm scripts that it names are there', (doc) => {
  const names = matches(doc, /(?:npm run |\b(?=bench:))([a-z]+(?::[a-z]+)?)/g);
  expect(names.filter((name) => !(name in scripts))).toEqual([]);
});

function matches(doc: string, pattern: RegExp): string[] {
  return [...readFileSync(path(doc), 'utf8').matchAll(pattern)].map(([, found]) => found as string);
}

/** A link to the web counts as there: tests have no network. */
function isThere(doc: string, link: string): boolean {
  if (/^[a-z]+:/.test(link)) return true;
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? doc : join(dirname(doc), file);
  if (!existsSync(path(target))) return false;
  return anchor === undefined || anchors(target).includes(anchor);
}

/** Headings as GitHub names them. */
function anchors(doc: string): string[] {
  return matches(doc, /^#+ (.*)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
