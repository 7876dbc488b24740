import { init } from 'echarts';

/** One line of the plot: a value at each size. */
export interface Line {
  name: string;
  points: readonly (readonly [events: number, value: number])[];
}

/** An SVG of something by the number of events that the store holds. */
export function plot(title: string, unit: string, lines: readonly Line[]): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 760, height: 420 });
  const dashes = ['solid', 'dashed', 'dotted', [8, 3, 2, 3], [2, 6]] as const;
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    title: { text: title, left: 'center', textStyle: { fontSize: 15 } },
    legend: { bottom: 0, data: lines.map(({ name }) => name) },
    grid: { left: 70, right: 30, top: 50, bottom: 90 },
    xAxis: {
      type: 'category',
      name: 'events in the store',
      nameLocation: 'middle',
      nameGap: 30,
      data: lines[0]?.points.map(([events]) => events.toLocaleString('en')) ?? [],
    },
    yAxis: { type: 'value', min: 0, name: unit },
    series: lines.map(({ name, points }, index) => ({
      ...{ name, type: 'line', symbolSize: 8 },
      lineStyle: { type: dashes[index % dashes.length] as 'solid' },
      data: points.map(([, value]) => Math.round(value)),
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  // Its rules are about hovering; and a picture has a title for those who can't see it.
  return `${svg.replace(/<style(?:.|\n)*?<\/style>\n?/, '').replace(/<svg [^>]*>/, `$&<title>${title}</title>`)}\n`;
}
