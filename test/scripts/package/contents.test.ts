import { execFileSync } from 'node:child_process';
import { path } from '../../../scripts/paths.ts';

/** What a script prints that uses these modules in a process of its own, as a build does. */
function printed(code: string): string {
  const imports = `import { bundledPackages, licenceTexts } from ${JSON.stringify(path('scripts/package/bundled-packages.ts'))};
    import { makeSbom } from ${JSON.stringify(path('scripts/package/sbom.ts'))};
    const packages = await bundledPackages('bin/wasp.ts');`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', `${imports}\n${code}`], {
    encoding: 'utf8',
    maxBuffer: 64e6,
  });
}

test('the licences hold the text of every package in the front end, and Node’s', () => {
  const text = printed(`console.log(licenceTexts(packages, ${JSON.stringify(path('node_modules/node'))}))`);
  for (const name of ["Wasp's front end", 'commander@', 'got@', 'ci-info@', 'env-paths@', 'Node.js']) {
    expect(text).toContain(`\n${name}`);
  }
  expect(text).toMatch(/Permission is hereby granted/);
  // Not in it: the collector's.
  expect(text).not.toContain('\necharts@');
});

test('the list of contents names what is in the executables and nothing else, and is the same each time', () => {
  const [first, second] = ['26.10.0', '26.10.0'].map((version) =>
    printed(`console.log(makeSbom(packages, '${version}'))`),
  );
  expect(second).toBe(first);
  const { bomFormat, metadata, components } = JSON.parse(first as string);
  // Not the name of the source's folder, nor the version of npm: two machines differ in these.
  expect(metadata).toMatchObject({ component: { name: 'wasp-front-end' } });
  expect(metadata).not.toHaveProperty('tools');
  const names = components.map(({ name }: { name: string }) => name);
  expect(bomFormat).toBe('CycloneDX');
  expect(names).toEqual(expect.arrayContaining(['commander', 'got', 'nodejs']));
  expect(names).not.toEqual(expect.arrayContaining(['jest']));
  expect(names).not.toContain('echarts');
});
