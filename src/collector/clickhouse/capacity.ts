/** How a server may be asked: what its user may set, and how many queries at once keep its processors busy. */
import type { ClickHouseServer, Settings } from './server.ts';

/** The texts of queries may hold lists: periods, excluded users. */
export const LONG_TEXTS: Settings = {
  max_query_size: 64 * 1024 * 1024,
  max_ast_elements: 10_000_000,
  max_expanded_ast_elements: 10_000_000,
};

/** Queries at once, at most: each takes some hundred MB of the server's memory. */
const MOST_AT_ONCE = 16;

export interface Capacity {
  /** Queries at once. */
  readonly atOnce: number;
  /** For each of them. */
  readonly settings: Settings;
}

/**
 * Two threads of a query each count the users whom they meet and have to put them together, so a query gets one, and
 * there are as many queries at once as the server would use threads for one.
 * @param parts how many queries there are
 * @throws ClickHouseError
 */
export async function capacityOf(server: ClickHouseServer, parts: number): Promise<Capacity> {
  const sql = "SELECT name, toString(value) FROM system.settings WHERE name IN ('max_threads', 'readonly')";
  const values = new Map((await server.select(sql)).map(([name, value]) => [name, String(value)]));
  // `auto(8)` on newer servers.
  const threads = Number(/\d+/.exec(values.get('max_threads') ?? '')?.[0] ?? 1) || 1;
  const atOnce = Math.min(MOST_AT_ONCE, Math.max(2, threads));
  // 1: such a user may not even set what limits it further.
  if (values.get('readonly') === '1') return { atOnce, settings: {} };
  const each = Math.max(1, Math.floor(threads / Math.min(parts, atOnce)));
  return { atOnce, settings: { ...LONG_TEXTS, max_threads: each } };
}
