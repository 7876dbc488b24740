/** The values of a period, beside the pointer or by the arrow keys. */

interface Values {
  labels: string[];
  isLastIncomplete: boolean;
  series: { name: string; values: (number | null)[] }[];
}

/** Prepares the charts that there are now. */
export function addPointers(): void {
  for (const figure of document.querySelectorAll<HTMLElement>('figure[data-values]')) addPointer(figure);
}

function addPointer(figure: HTMLElement): void {
  const chart = figure.querySelector('svg');
  if (!chart) return;
  const note = document.createElement('div');
  note.className = 'values';
  note.hidden = true;
  note.setAttribute('role', 'status');
  figure.append(note);
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('class', 'pointer');
  chart.append(line);
  chart.tabIndex = 0;
  let values: Promise<Values | undefined> | undefined;
  let shown = -1;

  async function show(choose: (count: number) => number): Promise<void> {
    values ??= valuesOf(figure.dataset.values ?? '');
    const known = await values;
    if (!known) return;
    shown = Math.min(known.labels.length - 1, Math.max(0, choose(known.labels.length)));
    place(figure, { note, line, values: known, index: shown });
  }

  function hide(): void {
    note.hidden = true;
    line.setAttribute('d', '');
    shown = -1;
  }

  chart.addEventListener('pointermove', ({ clientX }) => {
    const { left, width } = chart.getBoundingClientRect();
    const share = (clientX - left) / width;
    void show((count) => Math.floor(count * insidePlot(figure, share)));
  });
  chart.addEventListener('pointerleave', hide);
  chart.addEventListener('blur', hide);
  chart.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Escape') hide();
    if (step === undefined) return;
    event.preventDefault();
    void show((count) => (shown < 0 ? count - 1 : shown + step));
  });
}

/** A share of the picture's width → a share of the part in which the periods lie. */
function insidePlot({ dataset }: HTMLElement, share: number): number {
  const [left = 0, right = 0, width = 1] = (dataset.plot ?? '').split(' ').map(Number);
  return (share * width - left) / (width - left - right);
}

async function valuesOf(address: string): Promise<Values | undefined> {
  try {
    const answer = await fetch(address);
    return answer.ok && !answer.redirected ? ((await answer.json()) as Values) : undefined;
  } catch {
    return undefined;
  }
}

function place(
  { dataset }: HTMLElement,
  { note, line, values, index }: { note: HTMLElement; line: Element; values: Values; index: number },
): void {
  const { labels, series, isLastIncomplete } = values;
  const [left = 0, right = 0, width = 1] = (dataset.plot ?? '').split(' ').map(Number);
  const x = left + ((index + 0.5) / labels.length) * (width - left - right);
  line.setAttribute('d', `M${x} 38V218`);
  const soFar = isLastIncomplete && index === labels.length - 1 ? ', so far' : '';
  const head = document.createElement('strong');
  head.textContent = `${labels[index]}${soFar}`;
  const rows = series
    .filter(({ values: all }) => all[index] !== null && all[index] !== 0)
    .map((one) => {
      const row = document.createElement('span');
      row.textContent = `${one.name}: ${(one.values[index] ?? 0).toLocaleString('en')}`;
      return row;
    });
  const none = document.createElement('span');
  none.textContent = 'nothing';
  note.replaceChildren(head, ...(rows.length > 0 ? rows : [none]));
  note.hidden = false;
  note.classList.toggle('before', x > width / 2);
  note.style.setProperty('--x', `${(100 * x) / width}%`);
}
