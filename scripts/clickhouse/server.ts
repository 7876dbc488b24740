/** Debian's ClickHouse 18.16, on loopback, with everything in a folder of its own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentedConfiguration, type Places } from './documented.ts';
import { type RunningServer, startServer } from './process.ts';

/** Debian's package puts it here. */
export const CLICKHOUSE_SERVER = '/usr/sbin/clickhouse-server';

/** What one server listens on. */
export interface Ports {
  readonly http: number;
  readonly tcp: number;
  readonly interserver: number;
}

/** Where a server stands in the documented cluster. */
export interface Place extends Places {
  /** From 0. */
  readonly server: number;
}

export interface ServerSettings {
  readonly folder: string;
  readonly ports: Ports;
  readonly place?: Place;
  /** Of the users `default` and `wasp`; none unless told. */
  readonly password?: string;
  /** Where its data lies, unless in `folder`. */
  readonly data?: string;
  /** What its command is run with, as a disk of its own. */
  readonly wrapper?: readonly string[];
}

/** Starts it and returns when it answers. Started again with the same settings, it has the same data. */
export function startClickHouse(settings: ServerSettings): Promise<RunningServer> {
  const { folder, ports, password = '', wrapper = [] } = settings;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'config.xml'), configuration(settings));
  writeFileSync(join(folder, 'users.xml'), users(password));
  const command = [...wrapper, CLICKHOUSE_SERVER, `--config-file=${join(folder, 'config.xml')}`] as const;
  const start = () =>
    startServer(command[0] as string, command.slice(1), folder, async () => {
      const answer = await fetch(`http://127.0.0.1:${ports.http}/ping`);
      return answer.ok;
    });
  // 18.16 crashes where ZooKeeper doesn't answer its first request in time; a service manager would start it again.
  return settings.place ? start().catch(start) : start();
}

function configuration({ folder, ports, place, data = join(folder, 'data') }: ServerSettings): string {
  return `<?xml version="1.0"?>
<yandex>
  <logger><level>warning</level><log>${folder}/log</log><errorlog>${folder}/errors</errorlog></logger>
  <listen_host>127.0.0.1</listen_host>
  <http_port>${ports.http}</http_port>
  <tcp_port>${ports.tcp}</tcp_port>
  <interserver_http_port>${ports.interserver}</interserver_http_port>
  <interserver_http_host>127.0.0.1</interserver_http_host>
  <path>${data}/</path>
  <tmp_path>${data}/tmp/</tmp_path>
  <user_files_path>${data}/user_files/</user_files_path>
  <format_schema_path>${data}/format_schemas/</format_schema_path>
  <users_config>users.xml</users_config>
  <default_profile>default</default_profile>
  <default_database>default</default_database>
  <mark_cache_size>67108864</mark_cache_size>
  <max_concurrent_queries>100</max_concurrent_queries>
  <timezone>UTC</timezone>
  ${place ? withShortSessions(documentedConfiguration(place, place.server)) : ''}
</yandex>
`;
}

/** So that a server that was killed is missed after seconds. */
function withShortSessions(configuration: string): string {
  return configuration.replace('</zookeeper>', '<session_timeout_ms>5000</session_timeout_ms></zookeeper>');
}

function users(password: string): string {
  const user = (name: string) => `
    <${name}>
      <password>${password}</password>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
    </${name}>`;
  return `<?xml version="1.0"?>
<yandex>
  <profiles><default><max_memory_usage>6000000000</max_memory_usage></default></profiles>
  <users>${user('default')}${user('wasp')}</users>
  <quotas><default></default></quotas>
</yandex>
`;
}
