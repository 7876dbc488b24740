import valid from 'semver/functions/valid.js';
import { OperatorError } from '../errors.ts';

/** The id of the message that announces a version; so `message add` recognises the announcements of older ones. */
export const NEW_VERSION_ID = /^wasp-\d+\.\d+\.\d+/;

/** What the message about a new version says, unless an option says otherwise. Throws `OperatorError`. */
export function newVersion(version: string) {
  if (valid(version) !== version) throw new OperatorError(`${version} is not a version such as 0.26.0.`);
  return {
    id: `wasp-${version}`.toLowerCase(),
    level: 'info',
    title: `Wasp ${version} is out`,
    body: `Install it with: npm i -g @wasp.sh/wasp-cli@${version}`,
    affects: `<${version}`,
    url: `https://github.com/wasp-lang/wasp/releases/tag/v${version}`,
  };
}
