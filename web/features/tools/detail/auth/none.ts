import type { Tool } from '../../parts/tool-words.ts';

/** Does the tool leave auth to its connector? */
export const isNoAuth = (auth: Tool['auth']): boolean => auth.type === 'none';
