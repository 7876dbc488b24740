/**
 * Returns the function that writes one line per fact to stdout, for a service manager's journal. When its reader has
 * gone, lines are lost and the server goes on: receiving doesn't depend on being watched.
 */
export function openLog(): (line: string) => void {
  process.stdout.on('error', () => {});
  return (line) => {
    if (process.stdout.writable) process.stdout.write(`wasp-collector: ${line}\n`);
  };
}
