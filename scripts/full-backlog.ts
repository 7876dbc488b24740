import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Readable } from 'node:stream';

/** A stopped process with a full queue on a port of loopback: connection attempts get no answer of any kind. */
export async function fullBacklog(): Promise<{ readonly port: number; readonly close: () => void }> {
  const code = `const server = require('node:net').createServer();
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));`;
  const server = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(server.stdout as Readable, 'data');
  const port = Number(line);
  server.kill('SIGSTOP');
  const fillers = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => {}));
  const close = () => {
    for (const filler of fillers) filler.destroy();
    server.kill('SIGKILL');
  };
  return { port, close };
}
