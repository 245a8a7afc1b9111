import type { Tool } from '../../parts/tool-words.ts';

export const basicDetail = ({ username }: Tool['auth']): string => (username ? ` (${username})` : '');
