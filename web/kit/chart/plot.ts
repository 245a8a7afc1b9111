import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { type ChartData, placeLabel, stacked } from './chart-data.ts';
import { dashes, type Marking, markings } from './chart-marks.ts';

export interface Plot {
  /** Shows the values of a place; null: of none. */
  point(index: number | null): void;
  resize(width: number): void;
  /** The drawing as it is on the screen. */
  canvas(): HTMLCanvasElement;
  destroy(): void;
}

interface PlotOptions {
  width: number;
  height: number;
  format: (value: number) => string;
  onPoint: (index: number | null) => void;
}

const colourOf = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Draws a chart in the colours of the page as they are now. */
export function drawPlot(host: HTMLElement, data: ChartData, options: PlotOptions): Plot {
  const { width, height, format, onPoint } = options;
  const bars = data.kind === 'bars';
  const values = bars ? stacked(data.series) : data.series.map(({ values }) => values);
  const line = colourOf('line');
  const axis = {
    stroke: colourOf('muted'),
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1 },
    font: '11px "Inter Variable", sans-serif',
  };
  const series = data.series.map(({ colour, label }, index): uPlot.Series => {
    const stroke = colourOf(colour);
    if (!bars)
      return {
        label,
        stroke,
        width: 2,
        dash: dashes[index % dashes.length]!,
        points: { size: 5, fill: stroke },
      };
    return {
      label,
      stroke,
      width: 1,
      fill: pattern(stroke, markings[index % markings.length]!),
      paths: uPlot.paths.bars!({ size: [0.82, 48] }),
      points: { show: false },
    };
  });
  const last = data.places.length - 1;
  // The part on top is drawn first, and those before it over its lower end.
  const order = bars ? series.map((_, index) => series.length - 1 - index) : series.map((_, index) => index);
  let silent = false;
  const plot = new uPlot(
    {
      width,
      height,
      legend: { show: false },
      padding: [8, 8, 0, 0],
      cursor: { drag: { x: false, y: false }, points: { show: !bars }, y: false },
      scales: {
        x: { time: false, range: bars ? [-0.6, last + 0.6] : [-0.2, last + 0.2] },
        y: { range: (_self, _min, max) => [0, max > 0 ? max * 1.08 : 1] },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 28,
          space: 64,
          incrs: [1, 2, 3, 4, 6, 7, 12, 14, 24, 30],
          values: (_self, splits) =>
            splits.map((split) => {
              const place = data.places[split];
              return place ? placeLabel(place) : '';
            }),
        },
        { ...axis, size: 56, values: (_self, splits) => splits.map(format) },
      ],
      series: [{}, ...order.map((index) => series[index]!)],
      hooks: {
        setCursor: [
          (self) => {
            if (!silent) onPoint(self.cursor.idx ?? null);
          },
        ],
      },
    },
    [data.places.map((_, index) => index), ...order.map((index) => values[index]!)] as uPlot.AlignedData,
    host,
  );
  return {
    point(index) {
      silent = true;
      const left = index === null ? -10 : plot.valToPos(index, 'x');
      plot.setCursor({ left, top: index === null ? -10 : plot.over.clientHeight / 2 });
      silent = false;
    },
    resize: (next) => plot.setSize({ width: next, height }),
    canvas: () => plot.ctx.canvas,
    destroy: () => plot.destroy(),
  };
}

/** A fill that is told apart without its colour. */
function pattern(colour: string, marking: Marking): CanvasPattern | string {
  if (marking === 'full') return colour;
  const size = 6 * devicePixelRatio;
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const context = tile.getContext('2d');
  if (!context) return colour;
  context.fillStyle = colourOf('bg');
  context.fillRect(0, 0, size, size);
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = size / 3;
  context.beginPath();
  if (marking === 'stripes') {
    for (const start of [-size, 0, size]) {
      context.moveTo(start, size);
      context.lineTo(start + size, 0);
    }
    context.stroke();
  } else if (marking === 'dots') {
    context.arc(size / 2, size / 2, size / 4, 0, 2 * Math.PI);
    context.fill();
  }
  return context.createPattern(tile, 'repeat') ?? colour;
}
