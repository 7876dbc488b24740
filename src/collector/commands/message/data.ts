import { draftsPath, readDrafts } from '../../publish/drafts.ts';
import { unpackRestored } from '../restored-file.ts';

/** Makes sure that the messages of a data directory are there. Throws `OperatorError` if there is no such directory. */
export function dataOfMessages(data: string): void {
  unpackRestored(data, draftsPath(data));
  readDrafts(data);
}
