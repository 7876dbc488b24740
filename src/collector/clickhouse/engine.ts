import type { ReportEngine } from '../report/engine.ts';
import type { ClickHouseAddress } from './address.ts';
import { type ClickHouse, connect } from './cluster.ts';
import { checkSchema } from './manage-schema.ts';
import { reportFromClickHouse } from './report.ts';
import type { ConnectionOptions } from './server.ts';

/** Answers from ClickHouse. Connects at the first question. */
export function clickHouseEngine(address: ClickHouseAddress, options: ConnectionOptions = {}): ReportEngine {
  let connected: Promise<ClickHouse> | undefined;
  const open = async () => {
    const clickHouse = await connect(address, options);
    await checkSchema(clickHouse);
    return clickHouse;
  };
  return {
    async report(question, names) {
      connected ??= open();
      return reportFromClickHouse(await connected, question, names);
    },
    close: async () => (await connected?.catch(() => undefined))?.close(),
  };
}
