import { t } from '../../../../words/words.ts';
import type { Tool } from '../tool-words.ts';

export const apiKeysDetail = ({ places }: Tool['auth']): string =>
  places ? t` in ${places.map(({ in: place, name }) => `${place} ${name}`).join(' and ')}` : '';
