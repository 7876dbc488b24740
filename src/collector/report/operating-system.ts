export const SYSTEMS = ['Linux', 'macOS', 'Windows', 'other'] as const;

/** The operating system's name for a reader; installers and commands name the same systems differently. */
export function systemName(os: string): (typeof SYSTEMS)[number] {
  return NAMES[os] ?? 'other';
}

const NAMES: Record<string, (typeof SYSTEMS)[number]> = {
  linux: 'Linux',
  darwin: 'macOS',
  osx: 'macOS',
  win32: 'Windows',
  windows: 'Windows',
  mingw32: 'Windows',
};
