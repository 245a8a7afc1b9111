import type { Issue } from '../../error-codes.ts';
import { pointer } from '../../json-pointer.ts';
import { isObject } from '../../schema-properties.ts';
import type { Draft } from './ajv-instance.ts';
import type { Subschema } from './subschemas.ts';

/** Keywords of 2020-12 that draft-07 ignores. `$defs` is a place for schemas in both. */
const later = [
  '$anchor',
  '$dynamicAnchor',
  'dependentRequired',
  'dependentSchemas',
  'maxContains',
  'minContains',
  'prefixItems',
  'unevaluatedItems',
  'unevaluatedProperties',
];
/** What is allowed beside `$ref` in draft-07, which ignores everything there. */
const annotations = new Set([
  '$ref',
  '$comment',
  '$id',
  '$schema',
  '$defs',
  'definitions',
  'default',
  'deprecated',
  'description',
  'example',
  'examples',
  'readOnly',
  'title',
  'writeOnly',
]);

/**
 * What a new schema may not use, because values would be judged otherwise than its draft says: by the official test
 * suite. Schemas that were stored before keep working.
 */
export function unjudgedKeywords(all: readonly Subschema[], draft: Draft): Issue[] {
  const ifAlone = all.some(({ schema }) => 'if' in schema && !('then' in schema && 'else' in schema));
  return all.flatMap(({ schema, path }) => {
    const issues: Issue[] = [];
    const add = (keyword: string, message: string) => {
      if (Object.hasOwn(schema, keyword)) issues.push({ path: pointer(path, keyword), message, keyword });
    };
    for (const key of ['$dynamicRef', '$recursiveRef'])
      add(key, 'Dynamic references are not supported; use $ref');
    if (isObject(schema.properties) && Object.hasOwn(schema.properties, '__proto__'))
      add('properties', 'A property cannot be called __proto__');
    for (const pattern of patternsOf(schema)) {
      const unknown = /^(?:[^\\]|\\[^aAzQECG])*?(\\[aAzQECG])/.exec(pattern)?.[1];
      if (unknown)
        issues.push({ path, message: `The pattern has an unknown escape, ${unknown}`, keyword: 'pattern' });
    }
    if (draft === 'draft-07') {
      for (const key of later)
        add(
          key,
          `draft-07 does not know ${key}; set $schema to https://json-schema.org/draft/2020-12/schema`,
        );
      if (typeof schema.$ref === 'string')
        for (const key of Object.keys(schema).filter((each) => isIgnored(each)))
          add(key, 'draft-07 ignores what is beside $ref; put both into allOf');
      return issues;
    }
    add('unevaluatedItems', 'unevaluatedItems is not supported; use prefixItems with items: false');
    if (ifAlone)
      add('unevaluatedProperties', 'Beside unevaluatedProperties, every if needs both then and else');
    return issues;
  });
}

const isIgnored = (keyword: string): boolean => !annotations.has(keyword) && !keyword.startsWith('x-');

function patternsOf({ pattern, patternProperties }: Record<string, unknown>): string[] {
  const names = isObject(patternProperties) ? Object.keys(patternProperties) : [];
  return typeof pattern === 'string' ? [pattern, ...names] : names;
}
