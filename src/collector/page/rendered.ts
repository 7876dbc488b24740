import type { Answer } from './answer.ts';
import { isBeginning, renderPage } from './render-page.ts';
import { page, type Reply } from './respond.ts';
import type { View } from './view.ts';

/** By answer, which is thrown away with the next one, and by the path before the page's own. */
const kept = new WeakMap<Answer, Map<string, Reply>>();

/** The page of a fresh answer: made once, the same object for each reader, so that it is packed once too. */
export function rendered(answer: Answer, view: View): Reply {
  if (isBeginning(answer)) return page(200, renderPage(answer, view));
  const replies = kept.get(answer) ?? new Map<string, Reply>();
  kept.set(answer, replies);
  const reply = replies.get(view.base) ?? page(200, renderPage(answer, view));
  replies.set(view.base, reply);
  return reply;
}
