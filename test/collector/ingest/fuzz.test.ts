import { fuzz } from '../../../scripts/fuzz-collector/fuzz.ts';
import { ingestServer } from '../support/ingest.ts';
import { report } from '../support/reports.ts';

/** `npm run fuzz:collector` sends 100,000 and watches the memory. */
test.each([1, 2, 3])(
  '500 requests from seed %i: each is answered or closed, none with a 5xx',
  async (seed) => {
    const server = await ingestServer({
      addressLimit: Number.POSITIVE_INFINITY,
      keyLimit: Number.POSITIVE_INFINITY,
    });
    const statuses = await fuzz(server.address.port, seed, 500);
    expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
    expect(statuses.get(200)).toBeGreaterThan(50);
    expect(statuses.get(400)).toBeGreaterThan(50);
    expect(server.lines).toEqual([]);
    expect((await server.post('/capture', report())).status).toBe(200);
  },
);
