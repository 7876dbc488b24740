import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A line of /proc/self/mountinfo, see proc_pid_mountinfo(5). */
interface Mount {
  readonly device: string;
  /** What of the file system is mounted, by its path in there. */
  readonly root: string;
  readonly point: string;
}

/**
 * The paths by which a place can be reached, itself first: a bind mount shows a folder in several places. Where the
 * system doesn't tell, only the place itself.
 * @param place absolute, without links
 */
export function pathsOf(place: string): string[] {
  const mounts = readMounts();
  // The deepest; of several on one point, the last one lies on top.
  const own = mounts
    .filter(({ point }) => isBelow(point, place))
    .reduce<Mount | undefined>((a, b) => (a && a.point.length > b.point.length ? a : b), undefined);
  if (!own) return [place];
  const inside = join(own.root, relative(own.point, place));
  const others = mounts
    .filter(({ device, root }) => device === own.device && isBelow(root, inside))
    .map(({ root, point }) => join(point, relative(root, inside)));
  return [...new Set([place, ...others])];
}

function readMounts(): Mount[] {
  let text: string;
  try {
    text = readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return [];
  }
  return text
    .split('\n')
    .map((line) => line.split(' '))
    .filter((fields) => fields.length > 5)
    .map(([, , device = '', root = '', point = '']) => ({
      device,
      root: unescaped(root),
      point: unescaped(point),
    }));
}

/** Spaces and the like are written as `\040`. */
function unescaped(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)));
}

function isBelow(folder: string, place: string): boolean {
  return place === folder || place.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
