/** Which keys a front end trusts, and what each of them has said, with the built executable. */
import { join } from 'node:path';
import { type Correspondence, correspond } from '../../support/correspondence.ts';
import { filesBelow } from '../../support/home.ts';
import { inDays, Maintainer, makeMessage } from '../../support/maintainer.ts';
import { runWasp } from '../../support/run-wasp.ts';

let user: Correspondence;

beforeEach(async () => {
  user = await correspond();
});

describe('keys', () => {
  test('without one, nothing is read, stored or said', async () => {
    user.willAnswer(user.maintainer.answer([makeMessage()]));
    expect(await user.report({ WASP_MESSAGES_PUBLIC_KEY: undefined })).toBeUndefined();
    const list = await runWasp(['messages'], { ...user, env: { ...user.env, WASP_MESSAGES_PUBLIC_KEY: '' } });
    expect(list.stdout).toContain('None are received: this build trusts no key');
    const odd = { ...user.env, WASP_MESSAGES_PUBLIC_KEY: 'nonsense' };
    const told = (await runWasp(['messages'], { ...user, env: odd })).stdout.replaceAll('\n', ' ');
    expect(told).toContain('WASP_MESSAGES_PUBLIC_KEY holds no public key');
    expect(filesBelow(join(user.home.telemetry, '../messages'))).toEqual([]);
  });

  /** A second maintainer, and a user who trusts both. */
  function two() {
    const other = new Maintainer();
    const both = { WASP_MESSAGES_PUBLIC_KEY: `${user.maintainer.publicKey} ${other.publicKey}` };
    return { one: user.maintainer, other, both, onlyOther: { WASP_MESSAGES_PUBLIC_KEY: other.publicKey } };
  }
  const a = makeMessage({ id: 'a', title: 'By the old key' });
  const b = makeMessage({ id: 'b', title: 'By the new key' });

  test('rotate: both are trusted for a while, then only the new one', async () => {
    const { one, other, both, onlyOther } = two();
    user.willAnswer(one.answer([a], { serial: 2 }));
    expect(await user.report(both)).toMatchObject({ kind: 'accepted' });
    user.willAnswer(other.answer([b], { serial: 3 }));
    expect(await user.report()).toMatchObject({ kind: 'refused' });
    expect(await user.report(both)).toMatchObject({ kind: 'accepted' });
    user.willAnswer(one.answer([a], { serial: 1 }));
    expect(await user.report(both)).toMatchObject({ kind: 'refused' });
    expect(await user.onTerminal(onlyOther)).toContain('By the new key');
  });

  test('each has its own history: what one has numbered says nothing about the other', async () => {
    const { one, other, both } = two();
    user.willAnswer(one.answer([a], { serial: 50 }));
    await user.report(both);
    user.willAnswer(other.answer([b], { serial: 1, issuedAt: inDays(-5) }));
    expect(await user.report(both)).toMatchObject({ kind: 'accepted', serial: 1 });
    const screen = await user.onTerminal(both);
    expect(screen).toContain('By the old key');
    expect(screen).toContain('By the new key');
  });

  test('a run that trusts one of them only leaves the other’s documents, so what they withdrew stays so', async () => {
    const { one, other, both, onlyOther } = two();
    user.willAnswer(one.answer([a, b], { serial: 3 }));
    await user.report(both);
    user.willAnswer(one.answer([b], { serial: 4 }));
    await user.report(both);
    user.willAnswer(other.answer([], { serial: 1 }));
    expect(await user.report(onlyOther)).toMatchObject({ kind: 'accepted' });
    user.willAnswer(one.answer([a, b], { serial: 3 }));
    expect(await user.report(both)).toMatchObject({ kind: 'refused' });
    expect(await user.onTerminal(both)).not.toContain('By the old key');
  });

  test.each(['one', 'other', 'both'])(
    'a document that two have signed reaches those who trust %s',
    async (whom) => {
      const { one, other, both, onlyOther } = two();
      const trusting = { one: {}, other: onlyOther, both }[whom];
      user.willAnswer(one.answer([a], { serial: 7 }, [other]));
      expect(await user.report(trusting)).toEqual({ kind: 'accepted', serial: 7, notes: [] });
      expect(await user.report(trusting)).toBeUndefined();
      const screen = await user.onTerminal(trusting);
      expect(screen.match(/By the old key/g)).toHaveLength(1);
    },
  );

  test('what one has said, the other can withdraw later, and no document of before brings it back', async () => {
    const { one, other, both } = two();
    user.willAnswer(one.answer([a, b], { serial: 5, issuedAt: inDays(-3) }));
    await user.report(both);
    user.willAnswer(other.answer([], { serial: 6, issuedAt: inDays(-2), withdrawn: ['a'] }));
    expect(await user.report(both)).toMatchObject({ kind: 'accepted' });
    const screen = await user.onTerminal(both);
    expect(screen).not.toContain('By the old key');
    expect(screen).toContain('By the new key');
  });

  test('what a key has signed that is trusted no longer is not shown, and does not block what follows', async () => {
    await user.receive([makeMessage({ title: 'By a stolen key' })], { serial: Number.MAX_SAFE_INTEGER });
    const after = new Maintainer();
    const env = { WASP_MESSAGES_PUBLIC_KEY: after.publicKey };
    expect(await user.onTerminal(env)).toBe('');
    user.willAnswer(after.answer([makeMessage({ title: 'By the new key' })], { serial: 2 }));
    expect(await user.report(env)).toMatchObject({ kind: 'accepted', serial: 2 });
    expect(await user.onTerminal(env)).toContain('By the new key');
  });
});
