import { Command } from 'commander';
import { isClickHouseAddress } from '../clickhouse/address.ts';
import { type Comparison, compare } from '../clickhouse/compare.ts';
import { ENVIRONMENTS } from '../environment.ts';
import { OperatorError } from '../errors.ts';
import { PERIOD_COUNTS, PERIOD_UNITS } from '../report/periods.ts';
import type { ReportOptions } from '../report/report.ts';
import { openEngine } from './engine.ts';
import { burstOption, excludeFileOption, excludeOption } from './filter-options.ts';
import { caOption } from './options.ts';
import { nowOption, type QuestionOptions, questionOf, timeZoneOption } from './question-options.ts';

interface CompareOptions extends Omit<QuestionOptions, 'env'> {
  ca?: string;
}

/** Differences that are shown. */
const MOST_SHOWN = 20;

export function compareCommand(): Command {
  return new Command('compare')
    .description('ask two stores every figure, and say where they differ; exit code 1 if they do')
    .argument('<one>', 'a data directory or the address of a ClickHouse')
    .argument('<other>', 'the same')
    .addOption(timeZoneOption())
    .addOption(excludeOption())
    .addOption(excludeFileOption())
    .addOption(burstOption())
    .addOption(nowOption())
    .addOption(caOption())
    .action(run);
}

async function run(one: string, other: string, options: CompareOptions): Promise<void> {
  const open = (data: string) => openEngine(data, { ca: isClickHouseAddress(data) ? options.ca : undefined });
  const first = open(one);
  const second = open(other);
  try {
    let differing = 0;
    for (const question of questions(options)) {
      const compared = await compare(first, second, question);
      process.stdout.write(told(question, compared));
      differing += compared.reduce((sum, { differences }) => sum + differences.length, 0);
    }
    if (differing > 0) throw new OperatorError(`${differing} cells differ.`);
  } finally {
    await Promise.all([first.close(), second.close()]);
  }
}

/** Every length of period, and every environment once. */
function questions(options: CompareOptions): ReportOptions[] {
  const usual = questionOf({ ...options, env: 'local' });
  const weeks = { ...usual, unit: 'week', count: PERIOD_COUNTS.week.usual } as const;
  return [
    ...PERIOD_UNITS.map((unit) => ({ ...usual, unit, count: PERIOD_COUNTS[unit].usual })),
    ...[...ENVIRONMENTS.filter((name) => name !== 'local'), 'all' as const].map((environment) => ({
      ...weeks,
      environment,
    })),
  ];
}

function told({ unit, environment }: ReportOptions, compared: readonly Comparison[]): string {
  const cells = compared.reduce((sum, one) => sum + one.cells, 0);
  const differing = compared.filter(({ differences }) => differences.length > 0);
  const head = `${unit}s, ${environment}: ${cells.toLocaleString('en')} cells, ${differing.length === 0 ? 'equal' : 'DIFFERENT'}\n`;
  const lines = differing.flatMap(({ figure, differences }) =>
    differences
      .slice(0, MOST_SHOWN)
      .map(({ path, one, other }) => `  ${figure} ${path}: ${one} and ${other}\n`),
  );
  return head + lines.slice(0, MOST_SHOWN).join('');
}
