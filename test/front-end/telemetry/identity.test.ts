import { forgetIdentity, obtainIdentity, storedIdentity } from '../../../src/front-end/telemetry/identity.ts';
import { fakeHost } from '../../support/fake-host.ts';
import vectors from '../../vectors.json' with { type: 'json' };

const ONE = 'bf3fa7a8-1c11-4f82-9542-ec1a2d28786b';
const TWO = '00000000-0000-4000-8000-000000000000';
const making = (id: string) => fakeHost({ randomUUID: () => id });

test('an id is made once, and kept with nothing else in its file', () => {
  const host = making(ONE);
  expect(obtainIdentity(host, '/t')).toBe(ONE);
  expect(host.files.all()).toEqual({ '/t/signature': ONE });
  expect(obtainIdentity({ ...host, randomUUID: () => TWO }, '/t')).toBe(ONE);
});

test.each([`${ONE}\n`, ` ${ONE} `, ONE.toUpperCase()])('%j is an id as well', (text) => {
  const host = fakeHost();
  host.files.put('/t/signature', text);
  expect(obtainIdentity(host, '/t')).toBe(text.trim());
  expect(host.files.all()).toEqual({ '/t/signature': text });
});

test.each(['', 'rubbish', ONE.slice(1), `${ONE}${ONE}`, 'bf3fa7a8-1c11-1f82-9542-ec1a2d28786b'])(
  '%j is none: a new one is made',
  (text) => {
    const host = making(TWO);
    host.files.put('/t/signature', text);
    expect(obtainIdentity(host, '/t')).toBe(TWO);
    expect(host.files.read('/t/signature')).toBe(TWO);
  },
);

test('the id that another process is just making is everyone’s', () => {
  const host = making(ONE);
  host.files.put('/t/signature.candidate', TWO);
  expect(obtainIdentity(host, '/t')).toBe(TWO);
  expect(host.files.all()).toEqual({ '/t/signature': TWO });
});

test('rubbish left by one that died while making an id is cleared away', () => {
  const host = making(ONE);
  host.files.put('/t/signature.candidate', 'bf3f');
  expect(obtainIdentity(host, '/t')).toBe(ONE);
  expect(host.files.all()).toEqual({ '/t/signature': ONE });
});

test('what can’t be read in the candidate’s place is cleared away', () => {
  const host = making(ONE);
  host.files.put('/t/signature.candidate/a', 'a folder');
  expect(obtainIdentity(host, '/t')).toBe(ONE);
  expect(host.files.all()).toEqual({ '/t/signature': ONE });
});

test.each(vectors.distinct_id_from_WASP_TELEMETRY_USER_ID)(
  'WASP_TELEMETRY_USER_ID=$env is hashed as the real Wasp does, and nothing is kept',
  ({ env, value }) => {
    const host = fakeHost({ env: { WASP_TELEMETRY_USER_ID: env } });
    expect(obtainIdentity(host, '/t')).toBe(value);
    expect(host.files.all()).toEqual({});
  },
);

test('an empty WASP_TELEMETRY_USER_ID is none', () => {
  const host = fakeHost({ env: { WASP_TELEMETRY_USER_ID: '' }, randomUUID: () => ONE });
  expect(obtainIdentity(host, '/t')).toBe(ONE);
});

test('an id that can’t be read is never replaced', () => {
  const host = making(ONE);
  host.files.break('/t/signature', 'EACCES');
  expect(() => obtainIdentity(host, '/t')).toThrow('EACCES');
});

test('a forgotten id is gone', () => {
  const host = making(ONE);
  obtainIdentity(host, '/t');
  forgetIdentity(host, '/t');
  expect(storedIdentity(host, '/t')).toBeUndefined();
});
