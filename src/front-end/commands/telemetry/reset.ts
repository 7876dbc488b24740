import path from 'node:path';
import { FrontEndError } from '../../host/errors.ts';
import type { Host } from '../../host/host.ts';
import { messagesDirectory } from '../../messages/document-names.ts';
import { clearJournal } from '../../sender/journal.ts';
import { forgetEtag } from '../../sender/messages/etag.ts';
import { chosenIdentity, forgetIdentity, obtainIdentity, signatureFile } from '../../telemetry/identity.ts';
import { layOut, printJson } from './layout.ts';
import { readSituation } from './situation.ts';
import { troubleInWords } from './words.ts';

/**
 * `wasp telemetry reset`: a new id, an empty log. The pauses stay: forgetting them would allow reports on top of those
 * already sent.
 */
export async function reset(host: Host, json?: boolean): Promise<void> {
  const { directory, consent } = await readSituation(host);
  if (directory === undefined)
    throw new FrontEndError('there is no home directory, so there is nothing to reset.');
  let id: string | undefined;
  try {
    forgetIdentity(host, directory);
    clearJournal(host, directory);
    forgetEtag(host, messagesDirectory(path.dirname(directory)));
    id = consent.on ? obtainIdentity(host, directory) : undefined;
  } catch (error) {
    throw new FrontEndError(
      `not everything could be reset: ${troubleInWords(host, signatureFile(directory), error)}`,
    );
  }
  const chosen = chosenIdentity(host) !== undefined;
  if (json) {
    printJson(host, { id: id ?? null, fromEnvironment: chosen, logEmptied: true, pausesKept: true });
    return;
  }
  const told = chosen ? `${id}, which stays as long as WASP_TELEMETRY_USER_ID names you` : id;
  host.write(
    1,
    layOut(host, [
      ['Id', id === undefined ? 'forgotten; a new one is made if telemetry is turned on' : `now ${told}`],
      ['Log', 'emptied'],
      ['Pauses', 'kept'],
    ]),
  );
}
