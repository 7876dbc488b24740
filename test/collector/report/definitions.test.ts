import { environmentOf } from '../../../src/collector/environment.ts';
import { deployOf } from '../../../src/collector/report/deploy.ts';

test.each([
  ['', 'local'],
  ['CI', 'ci'],
  ['gitpod CI', 'gitpod'],
  ['ci replit', 'replit'],
  ['codespaces gitpod replit', 'replit'],
  ['codespaces gitpod', 'gitpod'],
  ['ci codespaces', 'codespaces'],
  ['CODESPACES', 'codespaces'],
  ['circus', 'local'],
  ['my-ci', 'local'],
  ['local', 'local'],
])('the context %j means %s', (context, environment) => {
  expect(environmentOf(context)).toBe(environment);
});

test.each([
  ['', undefined],
  ['fly;deploy', { target: 'fly', puts: true }],
  ['fly', { target: 'fly', puts: true }],
  ['railway;launch', { target: 'railway', puts: true }],
  ['fly;setup', { target: 'fly', puts: false }],
  ['fly;create-db', { target: 'fly', puts: false }],
  ['fly;cmd', { target: 'fly', puts: false }],
  ['fly;setup;deploy', { target: 'fly', puts: true }],
  ['deploy', { target: 'other', puts: true }],
  ['other', { target: 'other', puts: true }],
  ['vercel', { target: 'other', puts: true }],
  ['vercel;setup', { target: 'other', puts: false }],
])('the deploy words %j mean %j', (words, deploy) => {
  expect(deployOf(words)).toEqual(deploy);
});
