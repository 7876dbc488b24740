import { join } from 'node:path';
import { filesBelow, Home } from './home.ts';
import { answering, type Draft, Maintainer } from './maintainer.ts';
import { makeSilentWasp } from './programs.ts';
import { startReceiver } from './receiver.ts';
import { DIST_WASP, runWasp, type Variables } from './run-wasp.ts';
import { sendersGone } from './senders.ts';
import { runInTerminal } from './terminal.ts';

export type Correspondence = Awaited<ReturnType<typeof correspond>>;

/** A user who has seen the notice, has Wasp 0.25.0, and reports to a receiver whose answers the test decides. */
export async function correspond() {
  const home = new Home();
  home.writeConfig('telemetry.json', '{"enabled":true,"noticeShown":"2026-11-22"}');
  const maintainer = new Maintainer();
  let answer = '{"status":1}';
  const receiver = await startReceiver(answering(() => answer));
  const env: Variables = {
    WASP_TELEMETRY_URL: receiver.url,
    WASP_BIN: makeSilentWasp(),
    WASP_MESSAGES_PUBLIC_KEY: maintainer.publicKey,
  };
  let projects = 0;

  /** Reports once, from a project of its own; returns what the journal says of messages. */
  async function report(change: Variables = {}, program: readonly string[] = [DIST_WASP]) {
    projects += 1;
    const cwd = home.makeProject(`project-${projects}`);
    const before = home.journal().map(({ time }) => time);
    const silent = { code: 0, signal: null, stdout: '', stderr: '' };
    expect(await runWasp(['info'], { home, env: { ...env, ...change }, cwd, program })).toEqual(silent);
    await sendersGone(home);
    // Not the last one: it may have been made by a clock that was ahead.
    const attempt = home.journal().find(({ time }) => !before.includes(time));
    expect(attempt?.outcome).toEqual({ kind: 'delivered', status: 200 });
    return attempt?.messages;
  }

  return {
    home,
    maintainer,
    receiver,
    env,
    report,
    /** Waits until no sender is left. */
    settled: () => sendersGone(home),
    /** From now on the receiver answers this. */
    willAnswer(text: string): void {
      answer = text;
    },
    /** Reports once, and is answered a document of these messages. */
    async receive(messages: readonly Draft[], document: Draft = {}) {
      answer = maintainer.answer(messages, document);
      return report();
    },
    /** What a command prints in a terminal, outside any project, so that nothing is reported. */
    async onTerminal(change: Variables = {}, command: readonly string[] = [DIST_WASP, 'info']) {
      const terminal = runInTerminal(command, { home, env: { ...env, ...change }, cwd: home.folder });
      expect(await terminal.ended).toBe(0);
      return terminal.screen();
    },
    /** `wasp messages --json` */
    async listed(): Promise<Draft[]> {
      return JSON.parse((await runWasp(['messages', '--json'], { home, env })).stdout).messages;
    },
    /** `wasp telemetry log` */
    log: async () => (await runWasp(['telemetry', 'log'], { home, env })).stdout,
    /** Makes every showing look as if it had been that long ago. */
    passHours(hours: number): void {
      const earlier = (time: string) => new Date(Date.parse(time) - hours * 3_600_000).toISOString();
      for (const name of filesBelow(join(home.telemetry, '../messages'))) {
        const file = `../messages/${name}`;
        if (/^(shown|settled)\//.test(name)) {
          home.write(file, home.read(file).replace(/\d{4}-[\dT:.-]+Z/g, earlier));
        }
      }
    },
  };
}
