/** Colours, and what tells series apart for whoever can't tell the colours apart. */

const COLOURS = 8;

/** The style sheet's colours, which are others in the dark. */
export function colours(): { text: string; line: string; surface: string; series: string[] } {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: read('--muted'),
    line: read('--line'),
    surface: read('--surface'),
    series: Array.from({ length: COLOURS }, (_, index) => read(`--series-${index + 1}`)),
  };
}

/** Plain, stripes one way, stripes the other way, dots; then again. */
export function fill(colour: string, surface: string, index: number): string | CanvasPattern {
  const style = index % 4;
  if (style === 0) return colour;
  const size = 8;
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const context = tile.getContext('2d');
  if (!context) return colour;
  context.fillStyle = colour;
  context.fillRect(0, 0, size, size);
  context.strokeStyle = surface;
  context.fillStyle = surface;
  context.globalAlpha = 0.55;
  context.lineWidth = 1.6;
  context.beginPath();
  if (style === 3) {
    context.arc(size / 2, size / 2, 1.5, 0, 2 * Math.PI);
    context.fill();
  } else {
    for (const offset of [-size, 0, size]) {
      context.moveTo(offset, style === 1 ? size : 0);
      context.lineTo(offset + size, style === 1 ? 0 : size);
    }
    context.stroke();
  }
  return context.createPattern(tile, 'repeat') ?? colour;
}

const DASHES = [[], [7, 4], [2, 3], [9, 3, 2, 3]];
const POINTS = ['circle', 'rect', 'triangle', 'rectRot'] as const;

export function dash(index: number): number[] {
  return DASHES[index % DASHES.length] ?? [];
}

export function point(index: number): (typeof POINTS)[number] {
  return POINTS[index % POINTS.length] ?? 'circle';
}
