import { demoYear } from '../../src/collector/demo-data/year.ts';
import { answerOf } from '../../src/collector/page/answer-of.ts';
import type { Calculate } from '../../src/collector/page/answers.ts';
import { report } from '../../src/collector/report/report.ts';
import { openStore } from '../../src/collector/store/open-store.ts';

/** A year of invented reports until `now` (milliseconds UTC), kept in `dataDir`, and a way to ask about them. */
export function demoCalculation(dataDir: string, now: number): Calculate {
  const store = openStore(dataDir);
  for (const day of demoYear({ seed: 1, scale: 1, until: now })) store.insert(day);
  const activity = store.activity();
  store.close();
  const notes = [{ date: '2026-10-15', text: 'Launch week' }];
  return (question) => answerOf(report(activity, { ...question, exclude: [], burstMinimum: 20, now }), notes);
}
