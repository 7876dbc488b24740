import { once } from 'node:events';
import { Agent, request } from 'node:http';

/** Senders at once. */
export const SENDERS = 32;
/** Milliseconds per measurement. */
const RECEIVING = 4000;

/** Acknowledged reports per second. */
export async function rate(url: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });
  const until = performance.now() + RECEIVING;
  let acknowledged = 0;
  const body = JSON.stringify({
    api_key: 'bench',
    event: 'cli',
    properties: {
      distinct_id: 'bf3fa7a8-1c11-4f82-9542-ec1a2d28786b',
      project_hash: '6d7e561d62b955d1',
      is_build: false,
      deploy_cmd_args: '',
      wasp_version: '0.22.0',
      os: 'linux',
      context: '',
    },
  });
  const send = async () => {
    while (performance.now() < until) {
      const sent = request(`${url}/capture`, {
        method: 'POST',
        agent,
        headers: { 'Content-Type': 'application/json' },
      });
      sent.end(body);
      const [answer] = await once(sent, 'response');
      answer.resume();
      await once(answer, 'end');
      if (answer.statusCode !== 200) throw new Error(`refused: ${answer.statusCode}`);
      acknowledged += 1;
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  agent.destroy();
  return acknowledged / (RECEIVING / 1000);
}
