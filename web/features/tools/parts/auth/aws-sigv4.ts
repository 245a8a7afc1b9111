import type { Tool } from '../tool-words.ts';

export const awsSigv4Detail = ({ service, region }: Tool['auth']): string =>
  service && region ? ` for ${service} in ${region}` : '';
