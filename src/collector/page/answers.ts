/**
 * Answers kept for a while, so that the page opens at once.
 *
 * A reader gets the answer that is there, with its time on it, and an old one is calculated anew meanwhile.
 * Only one calculation runs at a time: it takes a processor and memory that receiving needs too.
 */
import type { Report } from '../report/report.ts';
import { type Question, writeQuestion } from './question.ts';

/** Milliseconds after which an answer is calculated anew when somebody asks. */
const FRESH_FOR = 5 * 60_000;
const MOST_ANSWERS = 50;

export type Calculate = (question: Question) => Promise<Report>;

export interface Answers {
  /** Rejects with what the calculation threw, if there is no earlier answer. */
  get(question: Question): Promise<Report>;
}

export function answers(calculate: Calculate, now: () => number): Answers {
  const kept = new Map<string, Report>();
  const running = new Map<string, Promise<Report>>();
  let queue: Promise<unknown> = Promise.resolve();

  function start(key: string, question: Question): Promise<Report> {
    const known = running.get(key);
    if (known) return known;
    const answer = queue
      .then(() => calculate(question))
      .then((report) => {
        kept.delete(key);
        kept.set(key, report);
        const oldest = kept.keys().next().value;
        if (kept.size > MOST_ANSWERS && oldest !== undefined) kept.delete(oldest);
        return report;
      })
      .finally(() => running.delete(key));
    running.set(key, answer);
    queue = answer.catch(() => {});
    return answer;
  }

  return {
    async get(question) {
      const key = writeQuestion(question);
      const answer = kept.get(key);
      if (answer && now() - answer.now < FRESH_FOR) return answer;
      const fresh = start(key, question);
      if (!answer) return fresh;
      // Its failure will be told to whoever asks when there is nothing older to show.
      fresh.catch(() => {});
      return answer;
    },
  };
}
