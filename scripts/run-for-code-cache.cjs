/** Runs a part to its hand-off, twice, and writes the code cache: scripts/code-cache.ts starts this. */
const { readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');
const childProcess = require('node:child_process');

const [part, cache] = process.argv.splice(2, 2);
const script = new Script(readFileSync(part, 'utf8'), { filename: 'main.js' });
const run = () => script.runInThisContext()(require, { exports: {} }, {}, () => ({}));

// The sender is not started: the compiling is wanted, not its effect.
childProcess.spawnSync = () => ({ status: 0 });
let handOffs = 0;
process.execve = () => {
  handOffs += 1;
  if (handOffs < 2) {
    run();
  } else {
    writeFileSync(cache, script.createCachedData());
    process.exit(0);
  }
  // What becomes another program does not come back.
  throw new Error('handed off');
};
process.on('unhandledRejection', () => {});
run();
