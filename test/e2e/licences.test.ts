import { Home } from '../support/home.ts';
import { startReceiver } from '../support/receiver.ts';
import { runWasp } from '../support/run-wasp.ts';
import { sendersGone } from '../support/senders.ts';

test('wasp --licenses prints the licences of what is inside, Node’s too, and sends nothing', async () => {
  const home = new Home();
  const receiver = await startReceiver();
  const { code, stdout, stderr } = await runWasp(['--licenses'], {
    home,
    env: { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: '/bin/false' },
  });
  expect([code, stderr]).toEqual([0, '']);
  for (const title of ["Wasp's front end\n", 'commander@', 'got@', 'Node.js\n'])
    expect(stdout).toContain(title);
  await sendersGone(home);
  expect(receiver.requests).toEqual([]);
});
