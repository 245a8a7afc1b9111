import type { Tool } from '../../parts/tool-words.ts';

export const apiKeyDetail = ({ in: place, name }: Tool['auth']): string =>
  place && name ? ` in ${place} ${name}` : '';
