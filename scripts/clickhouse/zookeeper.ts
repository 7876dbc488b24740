/** Debian's ZooKeeper, on loopback, with everything in a folder of its own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type RunningServer, startServer } from './process.ts';

/** Starts it and returns when it answers. Started again with the same settings, it has the same data. */
export function startZooKeeper(folder: string, port: number): Promise<RunningServer> {
  mkdirSync(folder, { recursive: true });
  const lines = [
    'tickTime=500',
    `dataDir=${folder}/data`,
    `clientPort=${port}`,
    'clientPortAddress=127.0.0.1',
    'admin.enableServer=false',
    '4lw.commands.whitelist=ruok',
    'forceSync=no',
  ];
  writeFileSync(join(folder, 'zoo.cfg'), `${lines.join('\n')}\n`);
  writeFileSync(join(folder, 'log4j.properties'), 'log4j.rootLogger=OFF\n');
  const main = 'org.apache.zookeeper.server.quorum.QuorumPeerMain';
  const args = ['-Xmx128m', '-cp', `${folder}:/usr/share/java/*`, main, join(folder, 'zoo.cfg')];
  return startServer('java', args, folder, () => isOk(port));
}

function isOk(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('ruok'));
    socket.once('data', (answer) => resolve(answer.toString() === 'imok'));
    socket.once('error', reject);
    socket.once('close', () => resolve(false));
  });
}
