import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** A browser that finds nothing but this machine. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Whatever a browser might look for on its own isn't found.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}

/** `test`, or a skipped test whose name says why and where it is run instead. */
export function testInChromium(name: string, body: () => Promise<void>): void {
  if (existsSync(EXECUTABLE)) test(name, body);
  else test.skip(`${name} — NOT TESTED HERE: there is no ${EXECUTABLE}. .ci/run tests it`, body);
}
