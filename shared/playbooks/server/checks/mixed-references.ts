import type { Reference } from '../../../platform/server/expressions/expression-facts.ts';

/** Whether an expression uses results of calls, which are known later than everything else. */
export const usesCalls = (references: readonly Reference[]): boolean =>
  references.some(({ names: [root] }) => root === 'calls');

/** Whether it uses them together with what is known when the step opens: then there is no moment for it. */
export const mixesCalls = (references: readonly Reference[]): boolean =>
  usesCalls(references) && references.some(({ names: [root] }) => root !== 'calls');

export const mixedWords =
  'An expression uses calls, which are known later, or the rest of the run, but not both: write two expressions';
