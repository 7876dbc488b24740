import { messageOf } from '../errors.ts';
import type { Answers } from './answers.ts';
import { isDue, type News } from './freshness.ts';
import type { Question } from './question.ts';

const HALF_A_MINUTE = 30_000;

/** Looks every half minute whether the usual answer is due, so that the first reader of a day needn't wait. */
export function keepFresh(
  answers: Answers,
  usual: () => Question,
  { now, ...news }: News & { now(): number },
  log: (line: string) => void,
): { stop(): void } {
  const look = () => {
    const question = usual();
    if (!isDue(answers.kept(question), now(), news)) return;
    answers.renew(question).catch((error) => log(`the page has no figures: ${messageOf(error)}`));
  };
  look();
  const timer = setInterval(look, HALF_A_MINUTE);
  return { stop: () => clearInterval(timer) };
}
