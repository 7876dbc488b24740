/**
 * Loaded into the front end before it starts: holds each process right before it takes a slot or a message, until as many as
 * BARRIER_COUNT stand there. Processes that are only started together reach that point one after the other.
 */
const fs = require('node:fs');

const { BARRIER_FOLDER, BARRIER_COUNT, WASP_TELEMETRY_JOB } = process.env;
const isClaim = (file) => /\/(claims|shown)\/[^/]+\/\d+$/.test(file);

for (const name of WASP_TELEMETRY_JOB ? [] : ['linkSync', 'renameSync']) {
  const original = fs[name];
  fs[name] = (from, to) => {
    if (isClaim(to)) waitForTheOthers();
    return original(from, to);
  };
}

function waitForTheOthers() {
  fs.writeFileSync(`${BARRIER_FOLDER}/${process.pid}`, '');
  const end = Date.now() + 60_000;
  while (fs.readdirSync(BARRIER_FOLDER).length < Number(BARRIER_COUNT) && Date.now() < end) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
  }
}
