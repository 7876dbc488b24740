import { Command } from 'commander';
import { clusterName, databaseName } from '../clickhouse/address.ts';
import { schema } from '../clickhouse/schema.ts';

export function clickHouseSchemaCommand(): Command {
  return new Command('clickhouse-schema')
    .description('print the statements that make the tables in ClickHouse; `ship --create` runs them')
    .option('--database <name>', 'the database', databaseName, 'wasp')
    .option('--cluster <name>', 'the cluster of `remote_servers`; without it a single server', clusterName)
    .action(({ database, cluster }: { database: string; cluster?: string }) => {
      process.stdout.write(
        schema({ database, cluster })
          .map((statement) => `${statement};\n\n`)
          .join(''),
      );
    });
}
