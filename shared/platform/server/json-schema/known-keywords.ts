import { formatNames } from 'ajv-formats/dist/formats.js';

const keywords = [
  '$anchor',
  '$comment',
  '$defs',
  '$dynamicAnchor',
  '$dynamicRef',
  '$id',
  '$ref',
  '$schema',
  '$vocabulary',
  'additionalItems',
  'additionalProperties',
  'allOf',
  'anyOf',
  'const',
  'contains',
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
  'default',
  'definitions',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
  'deprecated',
  'description',
  'else',
  'enum',
  'examples',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'if',
  'items',
  'maxContains',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minContains',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'not',
  'nullable',
  'oneOf',
  'pattern',
  'patternProperties',
  'prefixItems',
  'properties',
  'propertyNames',
  'readOnly',
  'required',
  'then',
  'title',
  'type',
  'unevaluatedItems',
  'unevaluatedProperties',
  'uniqueItems',
  'writeOnly',
];
const formats: string[] = [...formatNames, 'idn-email', 'idn-hostname', 'iri', 'iri-reference'];

/** Annotations of other standards (mostly OpenAPI) that look like typing errors but are not. */
const foreign = new Set(['example', 'id', 'xml', 'tags', 'name']);

/** What an unknown keyword was probably meant to be; null for an annotation, which is allowed. */
export function meantKeyword(word: string): string | null {
  if (keywords.includes(word) || foreign.has(word) || word.startsWith('x-')) return null;
  return nearest(word, keywords);
}

/** What an unknown format was probably meant to be; null when it is known, or unlike any known format. */
export function meantFormat(word: string): string | null {
  return formats.includes(word) ? null : nearest(word, formats);
}

function nearest(word: string, known: string[]): string | null {
  if (word.length < 4) return null;
  const lower = word.toLowerCase();
  return known.find((each) => each.length >= 4 && oneSlip(lower, each.toLowerCase())) ?? null;
}

/** Do the words differ by one letter only: added, missing, changed, or swapped with its neighbour? */
function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let head = 0;
  while (head < a.length && a[head] === b[head]) head += 1;
  const swapped =
    a[head] === b[head + 1] && a[head + 1] === b[head] && a.slice(head + 2) === b.slice(head + 2);
  return (
    swapped ||
    a.slice(head + 1) === b.slice(head + 1) ||
    a.slice(head) === b.slice(head + 1) ||
    a.slice(head + 1) === b.slice(head)
  );
}
