/** The cluster of two shards with two replicas, as docs/clickhouse.md tells to set it up. */
import { readFileSync } from 'node:fs';
import { path } from '../paths.ts';

/** What stands in the place of the page's names. */
export interface Places {
  /** Ports of ch1, ch2, …, all of which are on loopback here. */
  readonly servers: readonly { readonly http: number; readonly tcp: number }[];
  readonly zookeeper: number;
}

/** The part of a server's `config.xml`; `server` counts from 0. @throws if the page doesn't tell it */
export function documentedConfiguration({ servers, zookeeper }: Places, server: number): string {
  const block = section().match(/```xml\n(.*?)```/s)?.[1];
  if (block === undefined) throw new Error('docs/clickhouse.md has no configuration of a cluster');
  const { shard, replica } = documentedMacros(block, server);
  return block
    .replaceAll(/<host>ch(\d)<\/host><port>9000<\/port>/g, (_, name) => {
      return `<host>127.0.0.1</host><port>${servers[Number(name) - 1]?.tcp}</port>`;
    })
    .replace(/<host>zk1<\/host><port>2181<\/port>/, `<host>127.0.0.1</host><port>${zookeeper}</port>`)
    .replace(
      /<macros>.*<\/macros>.*/,
      `<macros><shard>${shard}</shard><replica>${replica}</replica></macros>`,
    );
}

/** Those of ch1 stand in the block, those of the others in a comment: `ch2: 0, 1; …`. */
function documentedMacros(block: string, server: number): { shard: string; replica: string } {
  const [, shard, replica] =
    server === 0
      ? (/<macros><shard>(\d)<\/shard><replica>(\d)<\/replica><\/macros>/.exec(block) ?? [])
      : (new RegExp(`ch${server + 1}: (\\d), (\\d)`).exec(block) ?? []);
  if (shard === undefined || replica === undefined) {
    throw new Error(`docs/clickhouse.md doesn't tell the macros of ch${server + 1}`);
  }
  return { shard, replica };
}

/** The arguments of the `wasp-collector` that the page runs for a cluster, with this data directory. */
export function documentedShip({ servers }: Pick<Places, 'servers'>, dataDir: string): string[] {
  const command = /`wasp-collector (ship --create .*?)`/.exec(section())?.[1];
  if (command === undefined) throw new Error('docs/clickhouse.md has no command for a cluster');
  return command
    .replace(/\bch(\d)\b/g, (_, name) => `127.0.0.1:${servers[Number(name) - 1]?.http}`)
    .replaceAll("'", '')
    .split(' ')
    .map((word) => (word === 'DIR' ? dataDir : word));
}

function section(): string {
  const page = readFileSync(path('docs/clickhouse.md'), 'utf8');
  return page.split(/^## /m).find((text) => text.startsWith('A cluster of two shards')) ?? '';
}
