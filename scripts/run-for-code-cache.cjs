/** Runs the front end to its end and writes the code caches of some of its parts: scripts/code-cache.ts starts this. */
const fs = require('node:fs');
const { join } = require('node:path');
const tty = require('node:tty');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

const [folder, parts] = process.argv.splice(2, 2);
const wanted = parts.split(',');

if (wanted.includes('front-end-messages-show')) pretendTerminal();
pretendUser();

const scripts = {};
function loadPart(name) {
  const file = join(folder, `${name}.js`);
  scripts[name] = new Script(fs.readFileSync(file, 'utf8'), { filename: `${name}.js` });
  const module = { exports: {} };
  scripts[name].runInThisContext()(require, module, module.exports, loadPart);
  return module.exports;
}

// The front end ends by becoming the real Wasp, the sender by a signal to itself.
process.execve = writeCaches;
process.kill = writeCaches;
loadPart('main');

function writeCaches() {
  // A cache fits a V8 of the same flags, and a user's has the defaults: scripts/code-cache.ts gave others.
  setFlagsFromString('--hash-seed=0');
  setFlagsFromString('--sparkplug');
  for (const name of wanted) {
    fs.writeFileSync(join(folder, `${name}.cache`), scripts[name].createCachedData());
  }
  process.exit(0);
}

/** Messages are shown in a terminal only, and a build may have none. */
function pretendTerminal() {
  const { fstatSync } = fs;
  fs.fstatSync = (fd, options) => (fd === 2 ? fs.statSync('/dev/zero') : fstatSync(fd, options));
  tty.isatty = () => true;
  tty.WriteStream = class {
    columns = 80;
  };
}

/** Also in a build by root, which would take other ways through the program than the users whom a cache is for. */
function pretendUser() {
  const user = fs.statSync('.').uid;
  process.geteuid = () => user;
}
