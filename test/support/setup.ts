/**
 * Runs before every test file. A test that reached the real destination would count a person who does not
 * exist, so a run without an override, or with one that leaves this machine, stops here.
 */
const url = process.env.WASP_TELEMETRY_URL;
if (!url || !['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)) {
  throw new Error(
    `Tests need WASP_TELEMETRY_URL to name a loopback address, and it is ${JSON.stringify(url)}. Run them with: npm test`,
  );
}
