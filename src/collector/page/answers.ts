/**
 * Answers kept for a while, so that the page opens at once.
 *
 * A reader gets the answer that is there if it is fresh, else waits a moment for a new one, else gets the old one, which
 * says how old it is. Only one calculation runs at a time: it takes a processor and memory that receiving needs too.
 */
import QuickLRU from 'quick-lru';
import type { Answer } from './answer.ts';
import { isPast, type News } from './freshness.ts';
import { inTurn } from './in-turn.ts';
import { type Question, writeQuestion } from './question.ts';

/** Milliseconds that a reader waits before being told that it takes longer. */
const PATIENCE = 2500;
const MOST_ANSWERS = 50;
/** Different questions that may wait at a time. */
const MOST_WAITING = 20;

export type Calculate = (question: Question) => Promise<Answer>;

/** What a reader is shown. */
export interface Shown {
  /** Undefined while the first one is being calculated. */
  answer: Answer | undefined;
  /** True if a newer one is being calculated. */
  isOld: boolean;
}

export interface Answers {
  /** Within a moment, whatever there is by then. Rejects with what the calculation threw if there is nothing else. */
  show(question: Question): Promise<Shown>;
  /** A fresh one, however long that takes. Rejects with what the calculation threw. */
  fresh(question: Question): Promise<Answer>;
  /** The one that is there, of whatever age. */
  kept(question: Question): Answer | undefined;
  /** Calculates anew, also if the one that is there is fresh. Rejects with what the calculation threw. */
  renew(question: Question): Promise<Answer>;
}

export interface AnswersOptions extends News {
  /** Milliseconds UTC. */
  now(): number;
  patience?: number;
}

export function answers(
  calculate: Calculate,
  { now, patience = PATIENCE, ...news }: AnswersOptions,
): Answers {
  const kept = new QuickLRU<string, Answer>({ maxSize: MOST_ANSWERS });
  const running = new Map<string, Promise<Answer>>();
  const next = inTurn(MOST_WAITING);

  function renew(question: Question): Promise<Answer> {
    const key = writeQuestion(question);
    const known = running.get(key);
    if (known) return known;
    const answer = next(() => calculate(question))
      .then((fresh) => {
        kept.set(key, fresh);
        return fresh;
      })
      .finally(() => running.delete(key));
    running.set(key, answer);
    return answer;
  }

  function ready(question: Question): Answer | undefined {
    const answer = kept.get(writeQuestion(question));
    return answer && !isPast(answer, now(), news) ? answer : undefined;
  }

  return {
    renew,
    kept: (question) => kept.get(writeQuestion(question)),
    fresh: async (question) => ready(question) ?? renew(question),
    async show(question) {
      const answer = ready(question);
      if (answer) return { answer, isOld: false };
      const old = kept.get(writeQuestion(question));
      const fresh = renew(question);
      // Its failure is told to the reader who has nothing older to look at.
      if (old) fresh.catch(() => {});
      const first = await Promise.race([old ? fresh.catch(() => undefined) : fresh, elapsed(patience)]);
      return first ? { answer: first, isOld: false } : { answer: old, isOld: true };
    },
  };
}

function elapsed(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), milliseconds).unref();
  });
}
