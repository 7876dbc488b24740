import type { ClickHouseServer } from '../../src/collector/clickhouse/server.ts';
import { NOW } from './figures.ts';

const QUARTER = 15 * 60_000;
const WEEK = 7 * 96;
const END = Math.floor((NOW / QUARTER - 4 * 96) / WEEK) * WEEK + 4 * 96;
const START = END - 12 * WEEK;

/**
 * What somebody would ask who sees the table for the first time: all users at once, each event read with FINAL. Without
 * the filters of the figures (bursts, excluded users), so they do less.
 */
const QUERIES: Record<string, string> = {
  'active-users': `
    SELECT week, last - first >= 672 AS is_old, count() FROM (
      SELECT user_key, intDiv(quarter - ${START}, ${WEEK}) AS week, max(quarter) AS last FROM events FINAL
      WHERE kind = 0 AND environment = 0 AND quarter >= ${START} AND quarter < ${END} GROUP BY user_key, week
    ) AS a ALL INNER JOIN (
      SELECT user_key, min(quarter) AS first FROM events FINAL WHERE kind = 0 AND environment = 0 GROUP BY user_key
    ) AS b USING user_key GROUP BY week, is_old`,
  funnel: `
    SELECT intDiv(first - ${START}, ${WEEK}) AS week, count(), sum(built), sum(deployed) FROM (
      SELECT min(quarter) AS first, max(is_build) AS built, max(deploys) AS deployed FROM events FINAL
      WHERE kind = 0 AND environment = 0 GROUP BY user_key
    ) WHERE first >= ${START} AND first < ${END} GROUP BY week`,
  totals: `
    SELECT environment, uniqExact(user_key), uniqExact(user_key, project), count() FROM events FINAL
    WHERE kind = 0 GROUP BY environment`,
};

/** Seconds of each. */
export async function plainQueries(server: ClickHouseServer): Promise<string[][]> {
  const lines: string[][] = [];
  for (const [name, sql] of Object.entries(QUERIES)) {
    const start = performance.now();
    const told = await server.select(sql, { max_memory_usage: 12_000_000_000 }).then(
      () => ((performance.now() - start) / 1000).toFixed(2),
      (error: Error) => error.message.slice(0, 80),
    );
    lines.push([name, told]);
  }
  return lines;
}
