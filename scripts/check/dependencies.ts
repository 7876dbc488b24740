import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Statement, VariableDeclarator } from '@swc/core';
import { Visitor } from '@swc/core/Visitor.js';
import { cruise, type ICruiseOptions, type ICruiseResult, type IReporterOutput } from 'dependency-cruiser';
import { path } from '../paths.ts';

const require = createRequire(import.meta.url);
const { options, ...ruleSet } = require('./dependency-rules.cjs');

const PRODUCT = ['src', 'bin'];
const TOOLS = ['scripts', 'test', 'jest.config.js'];

const { visitStatement } = Visitor.prototype;
/** dependency-cruiser looks through files with swc's visitor, which throws at `using`: a newer statement than it knows. */
Visitor.prototype.visitStatement = function (statement: Statement | Using) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement);
  this.visitVariableDeclarators(statement.decls);
  return statement as never;
};

interface Using {
  type: 'UsingDeclaration';
  decls: VariableDeclarator[];
}

/** Imports in a folder that scripts/check/dependency-rules.cjs does not allow, one per line; none if all is well. */
export async function findForbiddenImports(folder: string): Promise<string[]> {
  const present = [...PRODUCT, ...TOOLS].filter((name) => existsSync(join(folder, name)));
  const { summary } = (await cruiseIn(folder, present, { ruleSet, validate: true })).output as ICruiseResult;
  return summary.violations.map(({ rule, from, to, cycle }) => {
    const way = cycle?.length ? cycle.map(({ name }) => name) : [to];
    return `${rule.name}: ${[from, ...way].join(' → ')}`;
  });
}

/** The rooms of both programs and their arrows as a Mermaid flowchart, drawn from the imports. */
export async function drawRooms(): Promise<string> {
  const drawn = await cruiseIn(path('.'), PRODUCT, {
    outputType: 'mermaid',
    includeOnly: '^(src|bin)/',
    // Tiny files beside the collector's rooms would hide the arrows between the rooms.
    exclude: '^src/collector/(?!main\\.ts)[^/]+\\.ts$|\\.cjs$',
    collapse: '^src/(front-end|collector)/[^/]+|^src/protocol',
  });
  const lines = String(drawn.output).trim().split('\n');
  // In an order of its own: as they come, they change places with the order of imports in a file.
  const isArrow = (line: string) => line.includes('-->');
  return [...lines.filter((line) => !isArrow(line)), ...lines.filter(isArrow).sort()].join('\n');
}

function cruiseIn(folder: string, names: string[], more: ICruiseOptions): Promise<IReporterOutput> {
  return cruise(
    names,
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
