import { t } from '../../../../words/words.ts';
import type { Tool } from '../tool-words.ts';

export const apiKeyDetail = ({ in: place, name }: Tool['auth']): string =>
  place && name ? t` in ${place} ${name}` : '';
