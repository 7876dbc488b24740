/** An open tab brings itself up to date, and says so when it can't. */
import { showAge } from './age.ts';

const HALF_A_MINUTE = 30_000;

let tag: string | null = null;

/** `changed` is called after the page has got other figures. */
export function keepUpToDate(changed: () => void): void {
  let last = Date.now();
  const look = async () => {
    showAge();
    if (document.hidden || Date.now() - last < HALF_A_MINUTE / 2) return;
    last = Date.now();
    if (await refresh()) changed();
  };
  showAge();
  setInterval(look, HALF_A_MINUTE);
  document.addEventListener('visibilitychange', look);
}

/** Resolves to true if the page shows other figures now. */
async function refresh(): Promise<boolean> {
  try {
    const answer = await fetch(location.href);
    if (answer.redirected && new URL(answer.url).pathname === '/login') {
      say('You are logged out, so these figures stay as they are.', 'Log in again', answer.url);
      return false;
    }
    if (answer.status === 404) {
      say('This link has been revoked, so these figures stay as they are.');
      return false;
    }
    if (!answer.ok) throw new Error(answer.statusText);
    say();
    if (answer.status !== 200 || answer.headers.get('etag') === tag || isBusy()) return false;
    tag = answer.headers.get('etag');
    return replaceFigures(new DOMParser().parseFromString(await answer.text(), 'text/html'));
  } catch {
    say('The collector can’t be reached, so these figures stay as they are.');
    return false;
  }
}

/** What a reader is typing or has marked must not be lost. */
function isBusy(): boolean {
  const isTyping = document.activeElement?.matches('.question *') ?? false;
  return isTyping || getSelection()?.isCollapsed === false;
}

function replaceFigures(fresh: Document): boolean {
  const [old, next] = [document.querySelector('main'), fresh.querySelector('main')];
  if (!old || !next || old.dataset.source === next.innerHTML) return false;
  const open = [...old.querySelectorAll('details[open]')].map(nameOf);
  const focused = old.contains(document.activeElement) ? nameOf(document.activeElement) : undefined;
  next.dataset.source = next.innerHTML;
  for (const part of ['.freshness', 'footer']) {
    const fresher = fresh.querySelector(part);
    if (fresher) document.querySelector(part)?.replaceWith(fresher);
  }
  old.replaceWith(next);
  for (const details of next.querySelectorAll('details')) details.open = open.includes(nameOf(details));
  const again = [...next.querySelectorAll<HTMLElement>('a, summary, svg, section')];
  again.find((one) => focused !== undefined && nameOf(one) === focused)?.focus({ preventScroll: true });
  showAge();
  return true;
}

/** What tells an element from the others, also in the next version of the page. */
function nameOf(element: Element | null): string {
  const name = element?.getAttribute('aria-label') ?? element?.getAttribute('aria-labelledby');
  const summary = element?.querySelector('summary');
  return `${element?.tagName} ${name ?? nameOfText(summary ?? element)}`;
}

function nameOfText(element: Element | null): string {
  return element?.getAttribute('aria-label') ?? element?.textContent?.slice(0, 80) ?? '';
}

/** A line at the top, with a way on if there is one; without a sentence it goes away. */
function say(sentence?: string, way?: string, address?: string): void {
  document.querySelector('.trouble')?.remove();
  if (sentence === undefined) return;
  const line = document.createElement('p');
  line.className = 'trouble';
  line.setAttribute('role', 'alert');
  line.textContent = sentence;
  if (way !== undefined && address !== undefined) {
    const link = document.createElement('a');
    link.href = address;
    link.textContent = way;
    line.append(' ', link);
  }
  document.querySelector('header')?.append(line);
}
