import { t } from '../../words/words.ts';
import { saveFile } from '../download.ts';
import { type ChartData, placeWords } from './chart-data.ts';

const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Saves a drawing with its title, its time and what its series are. */
export function savePicture(
  name: string,
  title: string,
  { places, series }: ChartData,
  drawing: HTMLCanvasElement,
): void {
  const scale = devicePixelRatio;
  const [above, below] = [32 * scale, 28 * scale];
  const picture = document.createElement('canvas');
  picture.width = drawing.width;
  picture.height = drawing.height + above + below;
  const context = picture.getContext('2d');
  if (!context) return;
  context.fillStyle = token('bg');
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(drawing, 0, above);
  context.fillStyle = token('ink');
  context.font = `600 ${13 * scale}px "Inter Variable", sans-serif`;
  const [first, last] = [places[0], places.at(-1)];
  const time = first && last ? t`, ${placeWords(first)} to ${placeWords(last)}` : '';
  context.fillText(`${title}${time}`, 8 * scale, 20 * scale);
  context.font = `${11 * scale}px "Inter Variable", sans-serif`;
  let left = 8 * scale;
  const base = picture.height - 10 * scale;
  for (const { label, colour } of series) {
    context.fillStyle = token(colour);
    context.fillRect(left, base - 8 * scale, 12 * scale, 8 * scale);
    context.fillStyle = token('ink');
    context.fillText(label, left + 16 * scale, base);
    left += context.measureText(label).width + 36 * scale;
  }
  picture.toBlob((blob) => {
    if (blob) saveFile(`${name}.png`, blob, 'image/png');
  });
}
