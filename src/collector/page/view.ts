import type { Question } from './question.ts';

/** How a page is looked at, and by whom. */
export interface View {
  question: Question;
  /** Empty, or the path of the shared link through which the page is read. */
  base: string;
  /** True if a newer answer is being calculated. */
  isOld: boolean;
  /** Milliseconds UTC. */
  now: number;
  /** Milliseconds UTC of the latest report since the start. */
  received: number | undefined;
}
