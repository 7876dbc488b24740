import path from 'node:path';
import type { Directories, Host } from '../host/host.ts';

/** What a writer that was killed leaves: `<file>.<process id>.<nanoseconds>.new` (host/files.ts). */
const LEFT_BEHIND = /\.(\d+)\.\d+\.new$/;
/** No writer takes that long, in milliseconds. */
const LONG = 1_000;
/** Nor that long where it can't be told whether it is alive. */
const VERY_LONG = 60 * 60 * 1000;
/** Folders looked at in one go. */
const FOLDERS = 1_000;

/** Removes what writers that were killed have left, in the sender, where it costs no command anything. */
export function tidy(host: Host, { cache, config }: Directories): void {
  const folders = cache === undefined ? [] : [cache];
  // It grows while it is walked.
  for (const folder of folders) {
    for (const name of namesIn(host, folder)) {
      const file = path.join(folder, name);
      if (LEFT_BEHIND.test(name)) removeIfAbandoned(host, file);
      else if (folders.length < FOLDERS && isOwnFolder(host, file)) folders.push(file);
    }
  }
  if (config === undefined) return;
  const ours = namesIn(host, config).filter(
    (name) => LEFT_BEHIND.test(name) && name.startsWith('telemetry.json.'),
  );
  for (const name of ours) removeIfAbandoned(host, path.join(config, name));
}

/** Containers may share a home and not their process ids, so a writer that seems to be gone is given a moment. */
function removeIfAbandoned(host: Host, file: string): void {
  const modified = host.files.stat(file)?.modified;
  const writer = Number(file.match(LEFT_BEHIND)?.[1]);
  const patience = host.isRunning(writer) ? VERY_LONG : LONG;
  if (modified === undefined || host.now() - modified < patience) return;
  try {
    host.files.remove(file);
  } catch {
    // Another user's: it stays.
  }
}

function isOwnFolder(host: Host, file: string): boolean {
  return !host.files.isLink(file) && host.files.stat(file)?.kind === 'directory';
}

function namesIn(host: Host, folder: string): string[] {
  try {
    return host.files.list(folder);
  } catch {
    return [];
  }
}
