import { type Html, html } from './html.ts';
import { renderDocument } from './render-document.ts';
import type { ShareLink } from './share-links.ts';

/** The links through which others read the page; `made` is a new one, shown this once. */
export function renderShares(links: readonly ShareLink[], made?: string): Html {
  const body = html`
    <main class="narrow">
      <h1>Shared links</h1>
      <p>Who has such a link reads the figures without the login token, until you revoke it. They can change nothing.</p>
      ${made === undefined ? undefined : renderMade(made)}
      <form method="post" action="/shares">
        <label for="name">Who is it for?</label>
        <input id="name" name="name" type="text" required maxlength="60" autocomplete="off">
        <button type="submit">Make a link</button>
      </form>
      ${links.length === 0 ? html`<p>There is none yet.</p>` : html`<ul class="links">${links.map(renderLink)}</ul>`}
      <p><a class="way" href="/">To the figures</a></p>
    </main>`;
  return renderDocument('Shared links – Wasp in use', body);
}

function renderMade(made: string): Html {
  return html`
    <div class="made" role="status">
      <label for="made">The new link. Copy it now: it is kept nowhere and won&rsquo;t be shown again.</label>
      <input id="made" type="text" readonly value="${made}" autocomplete="off">
    </div>`;
}

function renderLink({ id, name, created }: ShareLink): Html {
  return html`
    <li>
      <span>${name}, made on ${created.slice(0, 10)}</span>
      <form method="post" action="/shares/revoke">
        <input type="hidden" name="id" value="${id}">
        <button class="quiet" type="submit" aria-label="Revoke the link for ${name}">Revoke</button>
      </form>
    </li>`;
}
