/**
 * One run at a time ships under a receiver's identity. Two at once are a data directory and its copy: each would go on
 * giving numbers to events, and no one would notice.
 */
import { OperatorError } from '../errors.ts';
import type { ClickHouseServer } from './server.ts';

/** A run that hasn't been heard of for so long has ended, in milliseconds. */
const LEASE = 60_000;

export interface Lease {
  /** Says that this run goes on and how far it is. @throws OperatorError if another run ships under this identity */
  renew(number: number): Promise<void>;
  /** Lets the next run begin at once. */
  release(number: number): Promise<void>;
}

/**
 * @param server the one on which receivers are registered
 * @param lastRun the run by which this data directory shipped last: it may be followed at once
 * @throws OperatorError if another run ships under this identity
 */
export async function takeLease(
  server: ClickHouseServer,
  receiver: string,
  run: string,
  lastRun: string,
): Promise<Lease> {
  const refuseOthers = async (followed: readonly string[]) => {
    const [row] = await server.select(
      `SELECT run, ${NOW} - at FROM receivers FINAL WHERE receiver = '${receiver}'`,
    );
    const [other, age] = [String(row?.[0] ?? ''), Number(row?.[1] ?? LEASE)];
    if (other === '' || age >= LEASE || followed.includes(other)) return;
    throw new OperatorError(
      `Another process ships as receiver ${receiver} (heard of ${Math.round(age / 1000)} s ago). Is this data directory a copy of one that is in use? One of the two has to stop; a copy that goes on as a receiver of its own begins with an empty data directory.`,
    );
  };
  const write = (name: string, number: number) =>
    server.execute(`INSERT INTO receivers SELECT '${receiver}', '${name}', ${number}, ${NOW}`);
  await refuseOthers([lastRun]);
  await write(run, 0);
  return {
    async renew(number) {
      await refuseOthers([run]);
      await write(run, number);
    },
    release: (number) => write('', number),
  };
}

/** Milliseconds on the server's clock, the only one that all receivers share. */
const NOW = 'toUInt64(now()) * 1000';
