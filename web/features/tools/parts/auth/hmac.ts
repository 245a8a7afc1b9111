import type { Tool } from '../tool-words.ts';

export const hmacDetail = ({ header }: Tool['auth']): string => (header ? ` in header ${header}` : '');
