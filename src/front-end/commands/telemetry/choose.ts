import { FrontEndError } from '../../host/errors.ts';
import type { Host } from '../../host/host.ts';
import { type Choice, choiceFile, readChoice, whyNoPlace, writeChoice } from '../../telemetry/choice.ts';
import { readConsent } from '../../telemetry/consent.ts';
import { NOTICE_DATE } from '../../telemetry/notice.ts';
import { layOut, printJson } from './layout.ts';
import { reasonOf, troubleInWords } from './words.ts';

/** `wasp telemetry enable`. A user who says so needs no notice. */
export async function enable(host: Host, json?: boolean): Promise<void> {
  await choose(host, { enabled: true, noticeShown: NOTICE_DATE }, json);
}

/** `wasp telemetry disable`. */
export async function disable(host: Host, json?: boolean): Promise<void> {
  const before = readChoice(host, choiceFile(await host.directories()));
  const noticeShown = 'unreadable' in before ? undefined : before.noticeShown;
  await choose(host, { enabled: false, ...(noticeShown !== undefined && { noticeShown }) }, json);
}

async function choose(host: Host, choice: Choice, json: boolean | undefined): Promise<void> {
  const directories = await host.directories();
  const file = choiceFile(directories);
  if (file === undefined)
    throw cannotRemember(`${whyNoPlace(host)}, so there is no place for it. Set HOME, or XDG_CONFIG_HOME`);
  try {
    writeChoice(host, file, choice);
  } catch (error) {
    throw cannotRemember(troubleInWords(host, file, error));
  }
  const consent = await readConsent(host, directories);
  const contradicted = consent.on !== choice.enabled ? reasonOf(host, consent, file) : undefined;
  if (json) {
    printJson(host, {
      on: consent.on,
      rule: consent.rule,
      choice: choice.enabled,
      file,
      reason: reasonOf(host, consent, file),
    });
    return;
  }
  const chosen = choice.enabled ? 'on' : 'off: nothing is sent, nothing is started, nothing is written';
  host.write(
    1,
    layOut(host, [
      ['Your choice', chosen, `kept in ${file}`],
      ...(contradicted ? ([['But', `telemetry stays off: ${contradicted}, and that wins`]] as const) : []),
    ]),
  );
}

function cannotRemember(why: string): FrontEndError {
  return new FrontEndError(
    `the choice can't be written down: ${why}.\nTo turn telemetry off without a file, set DO_NOT_TRACK=1 in the environment.`,
  );
}
