import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../../dev/paths.ts';
import { checkSchemaHere, validateHere } from '../../../shared/platform/server/json-schema/validate-here.ts';

interface Group {
  description: string;
  schema: Record<string, unknown> | boolean;
  tests: { description: string; data: unknown; valid: boolean }[];
}

const suite = join(projectRoot, 'test/json-schema-test-suite/tests');
const drafts = { draft7: undefined, 'draft2020-12': 'https://json-schema.org/draft/2020-12/schema' };

/** What is judged otherwise on purpose; everything here must still differ. */
const onPurpose: Record<string, (file: string, name: string) => boolean> = {
  'formats are checked in 2020-12 too': (file) => file === 'draft2020-12/format.json',
  'contentEncoding and contentMediaType are annotations, as in 2020-12': (file) =>
    file === 'draft7/optional/content.json',
};

test('every schema that is accepted is judged as the official test suite says', () => {
  const wrong: string[] = [];
  const differences = new Set<string>();
  let judged = 0;
  for (const [draft, $schema] of Object.entries(drafts)) {
    for (const path of globSync(`${suite}/${draft}/**/*.json`)) {
      const file = path.slice(suite.length + 1);
      for (const { description, schema, tests } of JSON.parse(readFileSync(path, 'utf8')) as Group[]) {
        const named = typeof schema === 'object' && $schema ? { $schema, ...schema } : schema;
        if (checkSchemaHere(named).length > 0) continue;
        for (const { data, valid, ...each } of tests) {
          judged += 1;
          if ((validateHere(named as Record<string, unknown>, data).length === 0) === valid) continue;
          const name = `${file}: ${description}, ${each.description}`;
          const why = Object.keys(onPurpose).find((reason) => onPurpose[reason]!(file, name));
          if (why) differences.add(why);
          else wrong.push(name);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
  expect([...differences].sort()).toEqual(Object.keys(onPurpose).sort());
  // Most of the suite is accepted.
  expect(judged).toBeGreaterThan(3500);
});

test.each([
  ['prefixItems in draft-07', { prefixItems: [{}] }, '/prefixItems', 'draft-07 does not know prefixItems'],
  [
    'what draft-07 ignores beside $ref',
    { definitions: { a: {} }, properties: { x: { $ref: '#/definitions/a', maxItems: 2 } } },
    '/properties/x/maxItems',
    'ignores what is beside $ref',
  ],
  ['a dynamic reference', { $schema: drafts['draft2020-12'], $dynamicRef: '#' }, '/$dynamicRef', 'use $ref'],
  [
    'unevaluatedItems',
    { $schema: drafts['draft2020-12'], unevaluatedItems: false },
    '/unevaluatedItems',
    'use prefixItems',
  ],
  ['an escape of another language', { pattern: '\\Aone\\z' }, '', 'unknown escape, \\A'],
])('a new schema with %s is refused, with the reason', (_, schema, path, message) => {
  expect(checkSchemaHere(schema)).toEqual([
    expect.objectContaining({ path, message: expect.stringContaining(message) }),
  ]);
  // Stored schemas keep working.
  expect(() => validateHere(schema, {})).not.toThrow();
});
