import type { Host } from '../../../src/front-end/host/host.ts';
import { askInTime } from '../../../src/front-end/sender/ask-version.ts';
import { fakeHost } from '../../support/fake-host.ts';

test('where the version is known no timer runs: one that ran out would end up in the code cache of a busy build', async () => {
  const delays: number[] = [];
  const host: Host = { ...fakeHost(), after: (delay) => void delays.push(delay) };
  const { inTime, atLast } = askInTime(host, '/home/me/.cache/wasp/telemetry', undefined);
  expect([await inTime, await atLast]).toEqual([undefined, undefined]);
  expect(delays).toEqual([]);
});
