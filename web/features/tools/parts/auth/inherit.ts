import type { Tool } from '../tool-words.ts';

/** Does the tool take the auth of its connector? */
export const isInherited = (auth: Tool['auth']): boolean => auth.type === 'inherit';
