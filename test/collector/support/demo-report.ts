import { demoYear } from '../../../src/collector/demo-data/year.ts';
import { answerOf } from '../../../src/collector/page/answer-of.ts';
import type { Calculate } from '../../../src/collector/page/answers.ts';
import { report } from '../../../src/collector/report/report.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';

/** A Sunday, so that the last complete week ended six days ago. */
export const DEMO_NOW = Date.UTC(2026, 10, 22, 11);

/** A tenth of the demonstration's year in a store in `directory`, and a way to calculate reports from it. */
export function demoReports(directory: string): Calculate {
  const store = openStore(directory);
  for (const day of demoYear({ seed: 1, scale: 0.1, until: DEMO_NOW })) store.insert(day);
  const activity = store.activity();
  store.close();
  return async (question) =>
    answerOf(report(activity, { ...question, exclude: [], burstMinimum: 20, now: DEMO_NOW }), []);
}
