import { type Html, html } from './html.ts';

/** A complete document around `body`. Nothing in it runs or is fetched but our own script and style. */
export function renderDocument(title: string, body: Html, { script = false } = {}): Html {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title}</title>
  <link rel="stylesheet" href="/page.css">
  <link rel="icon" href="/icon.svg" type="image/svg+xml">
  ${script ? html`<script src="/page.js" defer></script>` : undefined}
</head>
<body>${body}</body>
</html>
`;
}

/** The login form; `problem` says why it is there again. */
export function renderLogin(problem?: string): Html {
  const body = html`
    <main class="login">
      <h1>Wasp in use</h1>
      <form method="post" action="/login">
        <input name="username" value="wasp-collector" autocomplete="username" hidden>
        <label for="token">Login token</label>
        <input id="token" name="token" type="password" required autofocus autocomplete="current-password"
          ${problem === undefined ? undefined : html`aria-invalid="true" aria-describedby="problem"`}>
        ${problem === undefined ? undefined : html`<p id="problem" role="alert">${problem}</p>`}
        <button>Log in</button>
      </form>
      <p class="definition">The token is in the file <code>page-token</code> of the collector’s data directory.</p>
    </main>`;
  return renderDocument('Log in – Wasp in use', body);
}

/** A page that says what went wrong and offers the way back. */
export function renderProblem(problem: string): Html {
  const body = html`
    <main class="login">
      <h1>No figures</h1>
      <p role="alert">${problem}</p>
      <p><a href="/">To the usual page</a></p>
    </main>`;
  return renderDocument('No figures – Wasp in use', body);
}
