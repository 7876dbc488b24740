import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { path } from '../../../scripts/paths.ts';

interface Contents {
  licences: string;
  sbom: string;
}

/** What a process makes of these modules that does nothing else, as a build does. */
async function made(): Promise<Contents> {
  const code = `import { bundledPackages, licenceTexts } from ${JSON.stringify(path('scripts/package/bundled-packages.ts'))};
    import { makeSbom } from ${JSON.stringify(path('scripts/package/sbom.ts'))};
    const packages = await bundledPackages('bin/wasp.ts');
    const licences = licenceTexts(packages, ${JSON.stringify(path('node_modules/node'))});
    console.log(JSON.stringify({ licences, sbom: makeSbom(packages, '26.10.0') }));`;
  const args = ['--input-type=module', '--eval', code];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 64e6 });
  return JSON.parse(stdout) as Contents;
}

let first: Contents;
let second: Contents;

beforeAll(async () => {
  [first, second] = [await made(), await made()];
});

test('the licences hold the text of every package in the front end, and Node’s', () => {
  const text = first.licences;
  for (const name of ["Wasp's front end", 'commander@', 'got@', 'ci-info@', 'env-paths@', 'Node.js']) {
    expect(text).toContain(`\n${name}`);
  }
  expect(text).toMatch(/Permission is hereby granted/);
  // Not in it: the collector's.
  expect(text).not.toContain('\necharts@');
});

test('the list of contents names what is in the executables and nothing else, and is the same each time', () => {
  expect(second).toEqual(first);
  const { bomFormat, metadata, components } = JSON.parse(first.sbom);
  // Not the name of the source's folder, nor the version of npm: two machines differ in these.
  expect(metadata).toMatchObject({ component: { name: 'wasp-front-end' } });
  expect(metadata).not.toHaveProperty('tools');
  const names = components.map(({ name }: { name: string }) => name);
  expect(bomFormat).toBe('CycloneDX');
  expect(names).toEqual(expect.arrayContaining(['commander', 'got', 'nodejs']));
  expect(names).not.toEqual(expect.arrayContaining(['jest']));
  expect(names).not.toContain('echarts');
});
