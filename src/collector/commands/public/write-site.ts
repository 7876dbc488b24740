/** Writes the public site's files where a web server finds them, and nothing else. */
import { mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isClickHouseAddress } from '../../clickhouse/address.ts';
import { isDataDirectory } from '../../data-directory.ts';
import { messageOf, OperatorError } from '../../errors.ts';

/**
 * Everything in the folder is shown to everybody, so the raw reports must not be in it; nor must it be in the data directory,
 * which a web server may not read.
 * @throws OperatorError
 */
export function requireApart(folder: string, data: string): void {
  const site = realPath(folder);
  const ownData = isClickHouseAddress(data) ? undefined : realPath(data);
  const isWithinData = withParents(site).some((one) => one === ownData || isDataDirectory(one));
  const hasDataWithin = ownData !== undefined && withParents(ownData).includes(site);
  if (!isWithinData && !hasDataWithin) return;
  throw new OperatorError(
    `${folder} ${isWithinData ? 'is in a data directory' : 'has the data directory in it'}, and everything in it would be public. ` +
      'Name a folder of its own with --output.',
  );
}

/** Each file is replaced as a whole, when all of them are written. @throws OperatorError, and leaves nothing half done behind */
export function writeSite(folder: string, files: ReadonlyMap<string, string>): void {
  const fresh = new Map([...files.keys()].map((name) => [name, join(folder, `.${name}.${process.pid}.new`)]));
  const written: string[] = [];
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, path] of fresh) {
      written.push(path);
      writeFileSync(path, files.get(name) as string, { mode: 0o644 });
    }
    for (const [name, path] of fresh) renameSync(path, join(folder, name));
  } catch (error) {
    for (const path of written) rmSync(path, { force: true });
    throw new OperatorError(`Can't write to ${folder}: ${messageOf(error)}`);
  }
}

/** Without links, also of a folder that is not there yet. */
function realPath(path: string): string {
  const whole = resolve(path);
  try {
    return realpathSync.native(whole);
  } catch {
    return dirname(whole) === whole ? whole : join(realPath(dirname(whole)), basename(whole));
  }
}

function withParents(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...withParents(parent)];
}
