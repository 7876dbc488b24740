import type { Host } from '../host/host.ts';

/** Sources of the user database that are complete in /etc/passwd and /etc/group. */
const LOCAL_SOURCES = ['files', 'compat', 'systemd', 'db', 'altfiles'];

/**
 * Is a group nothing but these users? Told by /etc/group and the primary groups in /etc/passwd. Where these can't be read,
 * or users come from elsewhere too (LDAP, macOS's directory), only a user's own group of the same number is.
 * @param users user ids
 */
export function isGroupOf(host: Host, group: number, users: readonly number[]): boolean {
  if (host.platform !== 'linux') return false;
  const passwd = rows(host, '/etc/passwd').map(([name, , id, primary]) => ({ name, id, primary }));
  const named = rows(host, '/etc/group').filter(([, , id]) => id === String(group));
  const listed = named.flatMap(([, , , names]) => names?.split(',').filter(Boolean) ?? []);
  const primary = passwd.filter((user) => user.primary === String(group)).map(({ name }) => name);
  const allowed = passwd.filter(({ id }) => users.includes(Number(id))).map(({ name }) => name);
  if (![...listed, ...primary].every((name) => allowed.includes(name))) return false;
  return (isWhole(host, '/etc/passwd', '/etc/group') && hasLocalUsersOnly(host)) || users.includes(group);
}

/** Are these files there, and without a `+`, by which "compat" takes in what other sources have? */
function isWhole(host: Host, ...files: string[]): boolean {
  return files
    .map((file) => rows(host, file))
    .every((all) => all.length > 0 && !all.some(([name]) => name?.startsWith('+')));
}

/** Where there is no such file, all users are local ones; where it can't be read, nothing is known. */
function hasLocalUsersOnly(host: Host): boolean {
  const file = '/etc/nsswitch.conf';
  if (host.files.stat(file) && rows(host, file).length === 0) return false;
  const sources = rows(host, file).filter(([name]) => name === 'passwd' || name === 'group');
  const words = sources.flatMap(([, places]) => (places ?? '').replace(/\[[^\]]*\]/g, ' ').split(/\s+/));
  return words.filter(Boolean).every((word) => LOCAL_SOURCES.includes(word));
}

function rows(host: Host, file: string): string[][] {
  try {
    const lines = (host.files.read(file) ?? '').split('\n');
    return lines.filter((line) => line && !line.startsWith('#')).map((line) => line.trim().split(':'));
  } catch {
    return [];
  }
}
