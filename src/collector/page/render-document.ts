import { type Html, html } from './html.ts';

/** A complete document around `body`. Nothing in it runs or is fetched but our own script and style. */
export function renderDocument(title: string, body: Html, { script = false } = {}): Html {
  const { markup } = html`<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title}</title>
  <link rel="stylesheet" href="/page.css">
  <link rel="icon" href="/icon.svg" type="image/svg+xml">
  ${script ? html`<script src="/page.js" type="module"></script>` : undefined}
</head>
<body>${body}</body>
</html>
`;
  // How templates are indented is of no use to a browser, and a fifth of a long table.
  return { markup: markup.replace(/[ \t]*\n\s*/g, '\n') };
}

/** The login form, which leads to `next`; `problem` says why it is there again. */
export function renderLogin(next: string, problem?: string): Html {
  const body = html`
    <main class="narrow">
      <h1>Wasp in use</h1>
      <form method="post" action="/login">
        <input name="next" value="${next}" type="hidden">
        <input name="username" value="wasp-collector" type="text" autocomplete="username" hidden>
        <label for="token">Login token</label>
        <input id="token" name="token" type="password" required autofocus autocomplete="current-password"
          ${problem === undefined ? undefined : html`aria-invalid="true" aria-describedby="problem"`}>
        ${problem === undefined ? undefined : html`<p id="problem" role="alert">${problem}</p>`}
        <button type="submit">Log in</button>
      </form>
      <p class="definition">The token is in the file <code>page-token</code> of the collector&rsquo;s data directory.</p>
    </main>`;
  return renderDocument('Log in – Wasp in use', body);
}

/** A page that says what went wrong and offers the way back to `home`. */
export function renderProblem(problem: string, home = '/'): Html {
  const body = html`
    <main class="narrow">
      <h1>No figures</h1>
      <p role="alert">${problem}</p>
      <p><a class="way" href="${home}">To the usual page</a></p>
    </main>`;
  return renderDocument('No figures – Wasp in use', body);
}

/** Shown while the first answer to a question is being calculated; the browser asks again by itself. */
export function renderWorking(): Html {
  const body = html`
    <main class="narrow">
      <h1>Calculating &hellip;</h1>
      <p role="status">This question hasn&rsquo;t been asked before. The page appears here as soon as it is calculated.</p>
    </main>`;
  return renderDocument('Calculating … – Wasp in use', body);
}
