import { ExactNumber } from '../../exact-number.ts';
import type { JsonScalar } from '../../json.ts';

const plainPath = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;
/** Names that mean something else to JSONata. */
const reserved = /(?:^|\.)(?:true|false|null|and|or|in|function)(?:\.|$)/;
const longest = 16_384;

/**
 * The value of a plain path (`exception.attributes.paymentId`), read here and not in an isolate: most expressions are no
 * more than this. Undefined where JSONata would do more than look: at a list, an object, or any other expression.
 */
export function readPath(expression: string, scope: object): { value: JsonScalar } | undefined {
  if (!plainPath.test(expression) || reserved.test(expression)) return undefined;
  let at: unknown = scope;
  for (const name of expression.split('.')) {
    if (Array.isArray(at)) return undefined;
    // A name of anything else than an object has no value.
    at =
      at !== null && typeof at === 'object' && !(at instanceof ExactNumber) && Object.hasOwn(at, name)
        ? (at as Record<string, unknown>)[name]
        : undefined;
  }
  if (at === undefined || at === null) return { value: null };
  if (typeof at === 'string') return at.length > longest ? undefined : { value: at };
  return at instanceof ExactNumber ||
    typeof at === 'boolean' ||
    (typeof at === 'number' && Number.isFinite(at))
    ? { value: at }
    : undefined;
}
