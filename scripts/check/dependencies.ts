import { createRequire } from 'node:module';
import { cruise, type ICruiseOptions, type ICruiseResult, type IReporterOutput } from 'dependency-cruiser';
import { path } from '../paths.ts';

const require = createRequire(import.meta.url);
const { options, ...ruleSet } = require('./dependency-rules.cjs');

/** Imports of src/ and bin/ in a folder that scripts/check/dependency-rules.cjs does not allow, one per line; none if all is well. */
export async function findForbiddenImports(folder: string): Promise<string[]> {
  const { summary } = (await cruiseProduct(folder, { ruleSet, validate: true })).output as ICruiseResult;
  return summary.violations.map(({ rule, from, to, cycle }) => {
    const way = cycle?.length ? cycle.map(({ name }) => name) : [to];
    return `${rule.name}: ${[from, ...way].join(' → ')}`;
  });
}

/** The rooms of both programs and their arrows as a Mermaid flowchart, drawn from the imports. */
export async function drawRooms(): Promise<string> {
  const drawn = await cruiseProduct(path('.'), {
    outputType: 'mermaid',
    includeOnly: '^(src|bin)/',
    // Tiny files beside the collector's rooms would hide the arrows between the rooms.
    exclude: '^src/collector/(?!main\\.ts)[^/]+\\.ts$|\\.cjs$',
    collapse: '^src/(front-end|collector)/[^/]+|^src/protocol',
  });
  return String(drawn.output).trim();
}

function cruiseProduct(folder: string, more: ICruiseOptions): Promise<IReporterOutput> {
  return cruise(
    ['src', 'bin'],
    { ...options, baseDir: folder, ...more },
    {
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
    },
  );
}

if (import.meta.main) {
  const forbidden = await findForbiddenImports(process.argv[2] ?? path('.'));
  for (const line of forbidden) console.error(line);
  if (forbidden.length > 0) {
    console.error(
      `${forbidden.length} forbidden imports. What may import what: scripts/check/dependency-rules.cjs`,
    );
    process.exitCode = 1;
  }
}
