/** Which handler a path belongs to. */
export type Route = 'capture' | 'messages' | 'health' | 'metrics';

/** PostHog's paths, all of which take all of its body forms. A trailing slash makes no difference. */
const CAPTURE_PATHS = ['/capture', '/batch', '/e', '/i/v0/e'];

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ...CAPTURE_PATHS.flatMap((path): [string, Route][] => [
    [path, 'capture'],
    [`${path}/`, 'capture'],
  ]),
  ['/messages.json', 'messages'],
  ['/health', 'health'],
  ['/metrics', 'metrics'],
]);

/** The route of a request target such as `/i/v0/e/?compression=gzip-js`; undefined if there is none. */
export function routeOf(target: string): Route | undefined {
  return ROUTES.get(pathOf(target));
}

/** Is it the one capture path that our own front end reports to? Other clients have no use for messages. */
export function takesMessages(target: string): boolean {
  return /^\/capture\/?$/.test(pathOf(target));
}

function pathOf(target: string): string {
  // Proxies may send the absolute form.
  const local = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '');
  const query = local.indexOf('?');
  return query < 0 ? local : local.slice(0, query);
}
