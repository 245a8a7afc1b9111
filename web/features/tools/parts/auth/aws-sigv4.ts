import { t } from '../../../../words/words.ts';
import type { Tool } from '../tool-words.ts';

export const awsSigv4Detail = ({ service, region }: Tool['auth']): string =>
  service && region ? t` for ${service} in ${region}` : '';
