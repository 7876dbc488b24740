import { buffer } from 'node:stream/consumers';
import { Command } from 'commander';

/** Pixels; twice what a page is wide, for sharp screens. */
const WIDTH = 1120;

/** For the page: SVG on stdin, PNG on stdout, in a process of its own, so that receiving doesn't wait. */
export function pictureCommand(): Command {
  return new Command('picture').description('SVG to PNG').action(async () => {
    const { pngOf } = await import('../charts/png.ts');
    process.stdout.write(await pngOf(String(await buffer(process.stdin)), WIDTH));
  });
}
