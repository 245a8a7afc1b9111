import { t } from '../../../../words/words.ts';
import type { Tool } from '../tool-words.ts';

export const hmacDetail = ({ header }: Tool['auth']): string => (header ? t` in header ${header}` : '');
