/**
 * Which file may import which, as an allow-list for dependency-cruiser: what isn't listed here is forbidden, also in
 * files that come later. docs/architecture.md has the picture, drawn from the imports themselves. Imports that
 * dependency-cruiser doesn't see are refused by a lint rule, scripts/check/visible-imports.grit.
 */

/** Arrows between the rooms of a program; every room may import itself, the protocol and packages. */
const FRONT_END = {
  'main.ts': ['commands', 'telemetry', 'messages', 'handoff', 'sender', 'host'],
  commands: ['telemetry', 'messages', 'handoff', 'sender', 'host'],
  sender: ['telemetry', 'messages', 'handoff', 'host'],
  telemetry: ['host'],
  messages: ['host'],
  handoff: ['host'],
  host: [],
};

const COLLECTOR = {
  'main.ts': ['commands', 'base'],
  commands: [
    ...['ingest', 'page', 'digest', 'public', 'import-export', 'publish', 'demo-data', 'clickhouse'],
    ...['charts', 'report', 'store', 'base'],
  ],
  // With the answer to a report go the messages that are published.
  ingest: ['publish', 'store', 'base'],
  page: ['charts', 'report', 'base'],
  digest: ['charts', 'report', 'base'],
  public: ['charts', 'report', 'base'],
  charts: ['report', 'base'],
  // What is imported has to pass what is received.
  'import-export': ['ingest', 'store', 'base'],
  publish: ['base'],
  'demo-data': ['store', 'base'],
  clickhouse: ['report', 'store', 'base'],
  report: ['base'],
  store: ['base'],
  base: [],
};

const PROGRAMS = { 'front-end': FRONT_END, collector: COLLECTOR };

/** What each folder of tests may import, besides itself, test/support and scripts. test/ mirrors src/. */
const TESTS = {
  protocol: ['src/protocol'],
  'front-end': ['src/protocol', 'src/front-end'],
  collector: ['src/protocol', 'src/collector'],
  scripts: [],
  // These run executables and browsers, and look into what the programs left behind.
  '(e2e|browser|cluster|new)': ['src', 'test/collector'],
};

/** Where the front end may use built-in modules other than node:path. */
const FRONT_END_DOORS = '^src/front-end/(host/|sender/post\\.ts$|sender/proxy)';
const BUILT_IN = { dependencyTypes: ['core'] };
const PACKAGE = { dependencyTypes: ['npm', 'npm-dev', 'npm-optional'] };

function arrows() {
  return Object.entries(PROGRAMS).flatMap(([program, rooms]) =>
    Object.entries(rooms).map(([room, others]) => ({
      comment: `${program}/${room} imports ${others.join(', ') || 'no other room'}`,
      from: { path: roomPath(program, room) },
      to: { path: ['^src/protocol/', ...[room, ...others].map((other) => roomPath(program, other))] },
    })),
  );
}

function arrowsOfTests() {
  return Object.entries(TESTS).map(([folder, others]) => ({
    from: { path: `^test/${folder}/` },
    to: { path: ['^scripts/', '^test/support/', `^test/${folder}/`, ...others.map((other) => `^${other}/`)] },
  }));
}

/** Every place where a file of the product may lie. */
function placesOfTheProduct() {
  const rooms = Object.entries(PROGRAMS).flatMap(([program, all]) =>
    Object.keys(all).map((room) => roomPath(program, room)),
  );
  return ['^bin/[^/]+$', '^src/protocol/', ...rooms];
}

function roomPath(program, room) {
  // What is tiny and used all over a program lies beside its rooms.
  if (room === 'base') return `^src/${program}/(?!main\\.ts)[^/]+\\.ts$`;
  return room.endsWith('.ts') ? `^src/${program}/${room}$` : `^src/${program}/${room}/`;
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  allowed: [
    { from: { path: '^src/protocol/' }, to: { path: '^src/protocol/' } },
    { from: { path: '^src/protocol/plain-text\\.ts$' }, to: { path: '^(node:)?util$' } },
    ...arrows(),
    {
      comment: 'a report is calculated from what it is given; the shapes of that are the store’s',
      from: { path: '^src/collector/report/' },
      to: { path: '^src/collector/store/', dependencyTypes: ['type-only'] },
    },
    { from: { path: '^bin/wasp\\.ts$' }, to: { path: '^src/front-end/(main|host/create-host)\\.ts$' } },
    { from: { path: '^bin/wasp-collector\\.ts$' }, to: { path: '^src/collector/(main|hold-hangup)\\.ts$' } },
    { comment: 'versions', from: { path: '^src/' }, to: { path: '^package\\.json$' } },
    { from: { path: '^src/' }, to: { path: '^node:path$|^path$' } },
    { from: { path: FRONT_END_DOORS }, to: BUILT_IN },
    { from: { path: '^src/collector/' }, to: BUILT_IN },
    { from: { path: '^src/' }, to: { ...PACKAGE, pathNot: '^node_modules/got/' } },
    { from: { path: '^src/front-end/sender/post\\.ts$' }, to: { path: '^node_modules/got/' } },
    { from: { path: '^scripts/' }, to: { path: ['^(scripts|src|test/support)/', '^package\\.json$'] } },
    ...arrowsOfTests(),
    { from: { path: '^test/' }, to: { path: '^test/vectors\\.json$' } },
    {
      from: { path: '^test/support/' },
      to: { path: ['^(scripts|test/support|bin)/', '^src/front-end/host/host\\.ts$'] },
    },
    { from: { path: '^jest\\.config\\.js$' }, to: { path: '^scripts/' } },
    { from: { path: '^(scripts|test)/' }, to: BUILT_IN },
    { from: { path: '^(scripts|test)/' }, to: PACKAGE },
  ],
  allowedSeverity: 'error',
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'sqlite-in-the-store-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/collector/store/' },
      to: { path: '^(node:)?sqlite$' },
    },
    // The two rules together: a file without imports has no place to be looked at but the second.
    {
      name: 'no-file-beside-the-rooms',
      severity: 'error',
      from: { path: '^(src|bin)/', pathNot: placesOfTheProduct() },
      to: {},
    },
    {
      name: 'no-file-beside-the-rooms',
      severity: 'error',
      from: { path: '^(src|bin)/', pathNot: placesOfTheProduct(), orphan: true },
      to: {},
    },
    {
      comment: 'a `require` made by hand imports what this check does not see',
      name: 'no-hand-made-require',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/collector/(charts/embedded|page/assets)\\.ts$' },
      to: { path: '^(node:)?module$' },
    },
    {
      name: 'no-development-packages-in-the-product',
      severity: 'error',
      from: { path: '^(src|bin)/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    { name: 'no-unresolved-imports', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      comment: 'what no program imports is dead; the page’s script is what browsers get',
      name: 'no-dead-files',
      severity: 'error',
      from: { path: '^bin/[^/]+\\.ts$' },
      to: { path: '^src/', pathNot: '^src/collector/page/browser/', reachable: false },
    },
    {
      name: 'nothing-of-the-tools-in-the-product',
      severity: 'error',
      from: { path: '^(src|bin)/' },
      to: { path: '^(scripts|test)/' },
    },
  ],
  options: {
    // Its TypeScript parser needs a compiler API that TypeScript 7 doesn't have yet.
    parser: 'swc',
    tsPreCompilationDeps: true,
    // Newer than the tool's list.
    builtInModules: { add: ['ffi', 'node:ffi'] },
    exoticRequireStrings: ['process.getBuiltinModule'],
    doNotFollow: { path: '^(node_modules|package\\.json)' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
