import type { Tool } from '../tool-words.ts';

export const basicDetail = ({ username }: Tool['auth']): string => (username ? ` (${username})` : '');
