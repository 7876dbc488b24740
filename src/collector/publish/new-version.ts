import lt from 'semver/functions/lt.js';
import parse from 'semver/functions/parse.js';
import prerelease from 'semver/functions/prerelease.js';
import type { Message } from '../../protocol/messages.ts';
import { OperatorError } from '../errors.ts';

/** What the message about a new version says, unless an option says otherwise. Throws `OperatorError`. */
export function newVersion(version: string) {
  const parsed = parse(version);
  if (parsed?.version !== version) throw new OperatorError(`${version} is not a version such as 0.26.0.`);
  return {
    id: `wasp-${version}`.toLowerCase(),
    level: 'info',
    title: `Wasp ${version} is out`,
    body: `Install it with: npm i -g @wasp.sh/wasp-cli@${version}`,
    affects: isPrerelease(version)
      ? // Not for users of stable versions: they have not asked for what is unfinished.
        `>=${parsed.major}.${parsed.minor}.${parsed.patch}-0 <${version}`
      : `<${version}`,
    url: `https://github.com/wasp-lang/wasp/releases/tag/v${version}`,
  };
}

/**
 * Does the announcement of `version` take the place of that of `other`? A release candidate replaces candidates only,
 * and is replaced by what is newer: its users have asked for more than the latest stable version.
 */
export function supersedes(version: string, other: string): boolean {
  if (!isPrerelease(other)) return !isPrerelease(version);
  return isPrerelease(version) || lt(other, version);
}

/** The version that a message announces in the words of {@link newVersion}, undefined if it is anything else. */
export function announcedBy({ title, affects, url }: Message): string | undefined {
  const version = /^Wasp (\S+) is out$/.exec(title)?.[1] ?? '';
  if (parse(version)?.version !== version) return undefined;
  return affects === `<${version}` && url === newVersion(version).url ? version : undefined;
}

function isPrerelease(version: string): boolean {
  return prerelease(version) !== null;
}
