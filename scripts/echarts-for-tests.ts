/**
 * ECharts as one file. It is four hundred modules, and each file of tests that draws a chart would load them anew, one by one,
 * which takes more than a second.
 */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { path } from './paths.ts';

/** What Jest's `moduleNameMapper` takes: the parts that the product imports, and where they are. */
export async function echartsForTests(): Promise<Record<string, string>> {
  const { version } = JSON.parse(readFileSync(path('node_modules/echarts/package.json'), 'utf8'));
  const file = path(`.cache/echarts-${version}.cjs`);
  if (!existsSync(file)) await bundle(file);
  return { '^echarts/(core|charts|components|renderers)$': file };
}

async function bundle(file: string): Promise<void> {
  const { build } = await import('esbuild');
  const parts = ['core', 'charts', 'components', 'renderers'];
  const contents = parts.map((part) => `export * from 'echarts/${part}';`).join('\n');
  const outfile = `${file}.${process.pid}.new`;
  await build({
    stdin: { contents, resolveDir: path('.') },
    ...{ bundle: true, format: 'cjs', platform: 'node', logLevel: 'error', outfile },
  });
  // Several runs of the tests may do this at the same time.
  renameSync(outfile, file);
}
