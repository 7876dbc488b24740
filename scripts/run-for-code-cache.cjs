/** Runs a part to its hand-off and writes the code cache: scripts/code-cache.ts starts this. */
const { readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');

const [part, cache] = process.argv.splice(2, 2);
const script = new Script(readFileSync(part, 'utf8'), { filename: 'main.js' });
process.execve = () => {
  writeFileSync(cache, script.createCachedData());
  process.exit(0);
};
script.runInThisContext()(require, { exports: {} }, {}, () => ({}));
