export const SYSTEMS = ['Linux', 'macOS', 'Windows', 'other'] as const;

/** The operating system's name for a reader; installers and commands name the same systems differently. */
export function systemName(os: string): (typeof SYSTEMS)[number] {
  return OS_NAMES[os] ?? 'other';
}

/** What clients and installers call a system, and its name. */
export const OS_NAMES: Record<string, (typeof SYSTEMS)[number]> = {
  linux: 'Linux',
  darwin: 'macOS',
  osx: 'macOS',
  win32: 'Windows',
  windows: 'Windows',
  mingw32: 'Windows',
};
