import { markHandOff, markQuestion, readTried } from '../../../src/front-end/handoff/chain.ts';
import type { Environment } from '../../../src/front-end/host/host.ts';
import { type FakeHost, fakeHost } from '../../support/fake-host.ts';

/** A run of a front end as process `pid`, with a wrapper that it may run. */
function frontEnd(pid: number, env: Environment, identity = 'front end', argv = [String(pid)]): FakeHost {
  const host = fakeHost({ pid, env, argv, cwd: () => '/app', self: () => ({ file: '/opt/wasp', args: [] }) });
  host.files.put('/opt/wasp', '', { identity });
  host.files.put('/bin/wrapper', '', { identity: 'wrapper' });
  return host;
}

/** Those of the files in these tests that must not be run again. */
function alreadyTried(host: FakeHost): string[] {
  return ['front end', 'wrapper', 'copy', 'real'].filter(readTried(host));
}

test('without a chain nothing has been tried', () => {
  expect(alreadyTried(frontEnd(1, {}))).toEqual([]);
});

test('a program that becomes a front end again is not run again, nor is the front end that ran it', () => {
  const env = markHandOff(frontEnd(1, {}), '/bin/wrapper');
  expect(alreadyTried(frontEnd(1, env))).toEqual(['front end', 'wrapper']);
  const next = markHandOff(frontEnd(1, env, 'copy'), '/bin/wrapper');
  expect(alreadyTried(frontEnd(1, next))).toEqual(['front end', 'wrapper', 'copy']);
});

test('what the real Wasp starts begins anew: it may call wasp', () => {
  const env = markHandOff(frontEnd(1, {}), '/bin/wrapper');
  expect(alreadyTried(frontEnd(2, env))).toEqual([]);
});

test('a program that is asked a question may not ask in turn, in whatever process', () => {
  const env = markQuestion(frontEnd(1, {}), '/bin/wrapper');
  expect(alreadyTried(frontEnd(2, env))).toEqual(['front end', 'wrapper']);
});

test('eight front ends inside each other are enough', () => {
  let env: Environment = {};
  let depth = 0;
  while (alreadyTried(frontEnd(depth, env)).length === 0) {
    env = markHandOff(frontEnd(depth, env), '/bin/wrapper');
    depth++;
    expect(depth).toBeLessThan(20);
  }
  expect(depth).toBe(8);
});

test('three of the same call inside each other are enough', () => {
  let env: Environment = {};
  let depth = 0;
  for (; !alreadyTried(frontEnd(depth, env, 'copy', ['build'])).includes('wrapper'); depth++) {
    expect(depth).toBeLessThan(20);
    env = markHandOff(frontEnd(depth, env, 'copy', ['build']), '/bin/wrapper');
  }
  expect(depth).toBe(3);
  expect(alreadyTried(frontEnd(depth, env, 'copy', ['start']))).toEqual(['wrapper', 'copy']);
});

test('what a child has run is refused in it too, but what its parent runs is not', () => {
  const real = markHandOff(frontEnd(1, {}, 'real'), '/bin/wrapper');
  const inScript = markHandOff(frontEnd(2, real), '/bin/wrapper');
  expect(alreadyTried(frontEnd(2, inScript))).toEqual(['front end', 'wrapper']);
});

test('what was refused stays so, and the real Wasp that was run at last may call wasp', () => {
  let env: Environment = {};
  for (let pid = 0; pid < 8; pid++) env = markHandOff(frontEnd(pid, env), '/bin/wrapper');
  const last = frontEnd(8, env);
  last.files.put('/real', '', { identity: 'real' });
  const inScript = frontEnd(9, markHandOff(last, '/real'));
  expect(alreadyTried(inScript)).toEqual(['front end', 'wrapper']);
});

test('a wrapper that is a new file each time comes to an end, with exec and without', () => {
  for (const next of [0, 1]) {
    let env: Environment = {};
    let runs = 0;
    for (let pid = 0; !readTried(frontEnd(pid, env))('another'); pid += next) {
      const host = frontEnd(pid, env);
      host.files.put('/new', '', { identity: `wrapper ${runs++}` });
      env = markHandOff(host, '/new');
      expect(runs).toBeLessThan(100);
    }
    expect(runs).toBeGreaterThan(20);
  }
});

test.each(['', ';', 'rubbish', '1;-1;front end', '1;x', '1;1e99;x', `1;0;${',y'.repeat(5000)}`])(
  'a variable of another making, %.20j, does no harm',
  (value) => {
    const host = frontEnd(2, { WASP_FRONT_END_CHAIN: value });
    expect(alreadyTried(host)).toEqual([]);
    const { WASP_FRONT_END_CHAIN: next } = markHandOff(host, '/bin/wrapper');
    expect(next?.length).toBeLessThan(500);
  },
);
