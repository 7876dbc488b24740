import { locateWasp, searchWasp } from '../../../src/front-end/handoff/locate.ts';
import { FrontEndError } from '../../../src/front-end/host/errors.ts';
import { type FakeHost, fakeHost } from '../../support/fake-host.ts';

const PACKAGE = '@wasp.sh/wasp-cli-linux-x64-glibc';
const executable = { executable: true };

function hostWith(env: Record<string, string>, ...files: string[]): FakeHost {
  const all = { HOME: '/home/dev', PATH: '/usr/bin', ...env };
  const self = () => ({ file: '/opt/front-end/wasp', args: [] });
  const host = fakeHost({ env: all, cwd: () => '/app/src', self, ancestors: () => [], cpuTime: () => 30 });
  host.files.put('/opt/front-end/wasp', '', { ...executable, identity: 'the front end' });
  for (const file of files) host.files.put(file, '', executable);
  return host;
}

const located = (host: FakeHost, project?: string) => locateWasp(host, project);

const inPackage = (nodeModules: string) => `${nodeModules}/${PACKAGE}/wasp-bin`;

test.each<[string, Record<string, string>, string[], string]>([
  ['in node_modules of the project', {}, [inPackage('/app/node_modules')], '/app/node_modules'],
  ['in node_modules above the project', {}, [inPackage('/node_modules')], '/node_modules'],
  [
    'in the global folder that npm_config_prefix names',
    { npm_config_prefix: '/prefix' },
    [inPackage('/prefix/lib/node_modules')],
    '/prefix/lib/node_modules',
  ],
  [
    'in the global folder beside the node on PATH',
    { PATH: '/usr/bin:/opt/node/bin' },
    ['/opt/node/bin/node', inPackage('/opt/node/lib/node_modules')],
    '/opt/node/lib/node_modules',
  ],
  [
    'nested in a global main package, as npm installs it',
    { npm_config_prefix: '/prefix' },
    [inPackage('/prefix/lib/node_modules/@wasp.sh/wasp-cli/node_modules')],
    '/prefix/lib/node_modules/@wasp.sh/wasp-cli/node_modules',
  ],
])('it is found %s, with its data', (_, env, files, nodeModules) => {
  expect(located(hostWith(env, ...files), '/app')).toMatchObject({
    file: inPackage(nodeModules),
    dataDirectory: `${nodeModules}/${PACKAGE}/data/`,
  });
});

test.each(['prefix=/p', 'prefix = "/p"', "color=true\n prefix='/p'\n"])(
  '~/.npmrc holding %j names the global folder',
  (npmrc) => {
    const host = hostWith({}, inPackage('/p/lib/node_modules'));
    host.files.put('/home/dev/.npmrc', npmrc);
    expect(located(host).file).toBe(inPackage('/p/lib/node_modules'));
  },
);

test.each(['', 'no-prefix=/p', 'prefix', 'prefix=', '; prefix=/p', '# prefix=/p', 'a=prefix=/p'])(
  '~/.npmrc holding %j names no folder',
  (npmrc) => {
    const host = hostWith({}, inPackage('/p/lib/node_modules'));
    host.files.put('/home/dev/.npmrc', npmrc);
    expect(() => located(host)).toThrow(FrontEndError);
  },
);

// biome-ignore lint/suspicious/noTemplateCurlyInString: npm's own way to write it
test.each(['prefix=~/p', 'prefix=${HOME}/p'])('~/.npmrc holding %j names a folder in HOME', (npmrc) => {
  const host = hostWith({}, inPackage('/home/dev/p/lib/node_modules'));
  host.files.put('/home/dev/.npmrc', npmrc);
  expect(located(host).file).toBe(inPackage('/home/dev/p/lib/node_modules'));
});

test('its version is told by its package.json, without running it', () => {
  const host = hostWith({}, inPackage('/app/node_modules'));
  expect(located(host, '/app').version).toBeUndefined();
  const packageJson = JSON.stringify({ name: PACKAGE, version: '0.25.0' });
  host.files.put(`/app/node_modules/${PACKAGE}/package.json`, packageJson);
  expect(located(host, '/app').version).toBe('0.25.0');
});

test('of versions installed by the old script the newest counts, by number', () => {
  const folder = '/home/dev/.local/share/wasp-lang';
  const host = hostWith(
    {},
    `${folder}/0.9.0/wasp-bin`,
    `${folder}/0.16.2/wasp-bin`,
    `${folder}/0.16.10/wasp-bin`,
  );
  expect(located(host)).toEqual({
    file: `${folder}/0.16.10/wasp-bin`,
    dataDirectory: `${folder}/0.16.10/data`,
    foundIn: folder,
    version: '0.16.10',
  });
});

test('on PATH this program is passed over, by whatever name', () => {
  const host = hostWith({ PATH: '/a:/b:/c' }, '/c/wasp');
  host.files.put('/a/wasp', '', { ...executable, identity: 'the front end' });
  host.files.put('/b/wasp', '');
  expect(located(host)).toEqual({ file: '/c/wasp', foundIn: 'PATH' });
});

test('what was run already in this process is passed over, wherever it lies', () => {
  const host = hostWith({ PATH: '/a:/b', WASP_FRONT_END_CHAIN: '4711;0;first,second' }, '/b/wasp');
  host.files.put('/a/wasp', '', { ...executable, identity: 'second' });
  host.files.put(inPackage('/app/node_modules'), '', { ...executable, identity: 'first' });
  expect(located(host, '/app').file).toBe('/b/wasp');
});

test('data beside WASP_BIN are its data, unless the person has said otherwise', () => {
  const files = ['/w/wasp-bin', '/w/data/Cli/x'];
  expect(located(hostWith({ WASP_BIN: '/w/wasp-bin' }, ...files)).dataDirectory).toBe('/w/data/');
  const told = hostWith({ WASP_BIN: '/w/wasp-bin', waspc_datadir: '/mine' }, ...files);
  expect(located(told).dataDirectory).toBeUndefined();
});

test('an empty WASP_BIN is none', () => {
  expect(located(hostWith({ WASP_BIN: '' }, inPackage('/app/node_modules')), '/app').file).toContain('/app/');
});

test('none anywhere: exit code 127', () => {
  expect(() => located(hostWith({}))).toThrow(FrontEndError);
  expect(() => located(hostWith({}))).toThrow(expect.objectContaining({ exitCode: 127 }));
});

test('a line break in a path is no line of what was passed over', () => {
  const host = hostWith({});
  const file = inPackage('/a\npassed over: b/node_modules');
  host.files.put(file, '', { ...executable, mode: 0o777 });
  const why = 'every user can write /a\\u000apassed over: b/node_modules';
  expect(searchWasp(host, '/a\npassed over: b').passedOver.join()).toContain(why);
});
