/**
 * The entry of a standalone executable. The program lies in it in parts, so that a run reads only what it needs: the
 * front end without got, the sender with it. The part that every run needs comes with V8's code cache of a finished
 * run, which spares compiling: 31 ms instead of 38 ms from start to hand-off (docs/architecture.md).
 */
// Not `require`: with NODE_DEBUG=module it writes a line to stderr for each module, and the command's output changes.
const builtIn = process.getBuiltinModule;
const { getAssetKeys, getRawAsset } = builtIn('node:sea');
const { Script } = builtIn('node:vm');

function loadPart(name) {
  const cache = `${name}.cache`;
  // The bundler writes ASCII only, and decoding UTF-8 takes three times as long.
  const script = new Script(Buffer.from(getRawAsset(`${name}.js`)).latin1Slice(), {
    filename: `${name}.js`,
    // V8 checks whether the cache fits, and does without it if it does not.
    cachedData: getAssetKeys().includes(cache) ? Buffer.from(getRawAsset(cache)) : undefined,
  });
  const module = { exports: {} };
  script.runInThisContext()(builtIn, module, module.exports, loadPart);
  return module.exports;
}

loadPart('main');
