import parse from 'semver/functions/parse.js';
import prerelease from 'semver/functions/prerelease.js';
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

/** Does the announcement of `version` take the place of that of `other`? A release candidate replaces candidates only. */
export function supersedes(version: string, other: string): boolean {
  return !isPrerelease(version) || isPrerelease(other);
}

function isPrerelease(version: string): boolean {
  return prerelease(version) !== null;
}
