/** Draws the charts, and again when the colours change. */
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import { colours, dash, fill, point } from './look.ts';
import { readTable, type Series } from './read-table.ts';

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

type Kind = 'stack' | 'bars' | 'lines';

function configuration(canvas: HTMLCanvasElement): ChartConfiguration<'bar' | 'line'> {
  const table = document.getElementById(canvas.dataset.table ?? '') as HTMLTableElement;
  const kind = canvas.dataset.kind as Kind;
  const { labels, series } = readTable(table, (canvas.dataset.columns ?? '').split(' ').map(Number));
  const { text, line } = colours();
  const stacked = kind === 'stack';
  return {
    type: kind === 'lines' ? 'line' : 'bar',
    data: { labels, datasets: series.map((one, index) => dataset(one, index, kind)) },
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: {
          stacked,
          grid: { display: false },
          border: { color: line },
          ticks: { color: text, maxRotation: 50 },
        },
        y: {
          stacked,
          beginAtZero: true,
          grid: { color: line },
          border: { display: false },
          ticks: { color: text, precision: 0, maxTicksLimit: 6 },
        },
      },
      plugins: {
        legend: {
          position: 'bottom',
          labels: {
            color: text,
            usePointStyle: kind === 'lines',
            boxWidth: kind === 'lines' ? 7 : 22,
            boxHeight: kind === 'lines' ? 7 : 12,
            padding: 14,
          },
        },
        tooltip: { padding: 10 },
      },
    },
  };
}

function dataset({ name, values }: Series, index: number, kind: Kind): ChartDataset<'bar' | 'line'> {
  const { series, surface } = colours();
  const colour = series[index % series.length] ?? 'gray';
  if (kind === 'lines') {
    return {
      type: 'line',
      label: name,
      data: values,
      borderColor: colour,
      backgroundColor: colour,
      borderWidth: 2.5,
      borderDash: dash(index),
      pointStyle: point(index),
      pointRadius: values.length > 40 ? 0 : 4,
    };
  }
  return {
    type: 'bar',
    label: name,
    data: values,
    backgroundColor: fill(colour, surface, index),
    borderColor: colour,
    borderWidth: 1,
    borderRadius: 2,
    categoryPercentage: 0.82,
    barPercentage: kind === 'stack' ? 0.92 : 0.95,
  };
}

const canvases = [...document.querySelectorAll<HTMLCanvasElement>('canvas[data-table]')];

function draw(): void {
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  for (const canvas of canvases) {
    Chart.getChart(canvas)?.destroy();
    new Chart(canvas, configuration(canvas));
    canvas.dataset.drawn = 'yes';
  }
}

draw();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
