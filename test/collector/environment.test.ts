import { ENVIRONMENTS, environmentOf } from '../../src/collector/environment.ts';

test.each([
  ['', 'local'],
  ['CI', 'ci'],
  ['circus', 'local'],
  ['local', 'local'],
  ['ci gitpod', 'gitpod'],
  ['codespaces gitpod replit', 'replit'],
])('context %j comes from %s', (context, environment) => {
  expect(environmentOf(context)).toBe(environment);
});

test('the numbers of environments in the store never change', () => {
  expect(ENVIRONMENTS.slice(0, 5)).toEqual(['local', 'replit', 'gitpod', 'codespaces', 'ci']);
});
