import { loginFor, safeNext } from '../../../src/collector/page/next.ts';

test.each(['/', '/?period=day&last=3', '/csv/projects.csv?last=3', '/shares', '/table/x'])(
  '%s is gone on to',
  (path) => {
    expect(safeNext(path)).toBe(path);
    const [, query] = loginFor(path).split('?');
    expect(safeNext(new URLSearchParams(query).get('next'))).toBe(path);
  },
);

test.each([
  null,
  '',
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '/\\/evil.example/',
  '/..//evil.example/',
  '/.//evil.example/',
  '/%2e//evil.example/',
  '/\t/evil.example/',
  '/\n/evil.example/',
  ' /',
  'javascript:alert(1)',
  '/login',
  '/login?next=/login',
  '/logout',
  '/ä',
  `/${'x'.repeat(3000)}`,
])('%j leads to the front page instead', (given) => {
  expect(safeNext(given)).toBe('/');
});

test('a form that a login came in between leads to where it stood', () => {
  expect(safeNext('/shares/revoke')).toBe('/shares');
});
