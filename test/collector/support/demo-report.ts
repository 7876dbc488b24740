import { demoYear } from '../../../src/collector/demo-data/year.ts';
import type { Answer } from '../../../src/collector/page/answer.ts';
import { answerOf } from '../../../src/collector/page/answer-of.ts';
import type { Calculate } from '../../../src/collector/page/answers.ts';
import { writeQuestion } from '../../../src/collector/page/question.ts';
import { report } from '../../../src/collector/report/report.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';

/** A Sunday, so that the last complete week ended six days ago. */
export const DEMO_NOW = Date.UTC(2026, 10, 22, 11);

/**
 * A tenth of the demonstration's year in a store in `directory`, and a way to calculate reports from it. The answers are
 * remembered: drawing their charts takes long, and every page that a test opens asks for the same ones.
 */
export function demoReports(directory: string): Calculate {
  const store = openStore(directory);
  store.insert([...demoYear({ seed: 1, scale: 0.1, until: DEMO_NOW })].flat());
  const activity = store.activity();
  store.close();
  const known = new Map<string, Promise<Answer>>();
  return (question) => {
    const key = writeQuestion(question);
    const answer =
      known.get(key) ??
      answerOf(report(activity, { ...question, exclude: [], burstMinimum: 20, now: DEMO_NOW }), []);
    known.set(key, answer);
    return answer;
  };
}
