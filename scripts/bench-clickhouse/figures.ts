import { FIGURE_NAMES, type FigureName } from '../../src/collector/report/figures/index.ts';
import { median } from '../median.ts';
import { type Run, timedCollector } from './command.ts';

/** The time at which every figure is asked, in milliseconds UTC. */
export const NOW = Date.UTC(2026, 10, 24);

export type Measured = ReadonlyMap<FigureName, Run>;

/** Each figure asked alone, so many times: median of the time, most memory of all. @param data as for `--data` */
export async function measureFigures(data: string, rounds: number): Promise<Measured> {
  const measured = new Map<FigureName, Run>();
  for (const name of FIGURE_NAMES) {
    const runs: Run[] = [];
    for (let round = 0; round < rounds; round += 1) {
      runs.push(
        await timedCollector('report', name, '--json', '--data', data, '--now', new Date(NOW).toISOString()),
      );
    }
    measured.set(name, {
      seconds: median(runs.map(({ seconds }) => seconds)),
      megabytes: Math.max(...runs.map(({ megabytes }) => megabytes)),
    });
  }
  return measured;
}

/** A line per figure: seconds and MB of each engine, and how many times the first one the last one takes. */
export function figureLines(columns: readonly { name: string; measured: Measured }[]): string[][] {
  const head = ['figure', ...columns.flatMap(({ name }) => [`${name}, s`, 'MB'])];
  return [
    head,
    ...FIGURE_NAMES.map((figure) => [
      figure,
      ...columns.flatMap(({ measured }) => {
        const run = measured.get(figure) as Run;
        return [run.seconds.toFixed(2), run.megabytes.toFixed(0)];
      }),
    ]),
  ];
}

/** Of each figure: how many times as long it takes. */
export function ratios(one: Measured, other: Measured): string[][] {
  return FIGURE_NAMES.map((figure) => {
    const [before, after] = [one.get(figure) as Run, other.get(figure) as Run];
    return [figure, `${(after.seconds / before.seconds).toFixed(1)} ×`];
  });
}
