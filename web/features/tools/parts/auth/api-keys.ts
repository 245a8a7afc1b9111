import { formatList } from '../../../../kit/format.ts';
import { t } from '../../../../words/words.ts';
import type { Tool } from '../tool-words.ts';

export const apiKeysDetail = ({ places }: Tool['auth']): string =>
  places ? t` in ${formatList(places.map(({ in: place, name }) => `${place} ${name}`))}` : '';
