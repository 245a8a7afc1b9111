import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../../../api/rest/open-api.ts';
import { checkState, entityTag, readIfMatch, StaleError } from '../../../shared/platform/if-match.ts';

describe('If-Match', () => {
  test.each<[string, string[]]>([
    ['"3"', ['3']],
    ['"3-AbC_-9"', ['3']],
    ['"3", "4-x"', ['3', '4']],
    [' "3" ,"4" ', ['3', '4']],
    ['W/"3", "4"', ['4']],
    ['W/"3"', []],
    ['""', ['']],
  ])('%s names the states %j', (header, states) => {
    expect(readIfMatch(header)).toEqual(states);
  });

  test.each(['', '3', '"3', '3"', '"a b"', '"3" "4"', '"3",', 'W/3', '*, "3"', `"${'x'.repeat(2_000)}"`])(
    '%j is refused',
    (header) => {
      expect(() => readIfMatch(header)).toThrow('If-Match is not valid');
    },
  );

  test('a change is made for any state, or for the one that it names', () => {
    for (const ifMatch of [undefined, '*' as const, ['2', '3'], readIfMatch(entityTag(3, 'digest'))])
      expect(() => checkState(ifMatch, 3)).not.toThrow();
    for (const ifMatch of [[], ['2'], ['33'], ['']]) expect(() => checkState(ifMatch, 3)).toThrow(StaleError);
  });

  test('the OpenAPI document declares it, with 412, and ETag and 304 where it is read', () => {
    const { paths } = openApiDocument('http://localhost') as {
      paths: Record<
        string,
        Record<string, { parameters?: { name: string }[]; responses: Record<string, object> }>
      >;
    };
    for (const [path, change] of [
      ['/api/tools/{id}', 'put'],
      ['/api/connectors/{id}', 'put'],
      ['/api/playbooks/{id}', 'put'],
      ['/api/exceptions/{id}', 'put'],
    ] as const) {
      expect(paths[path]?.[change]?.parameters?.map(({ name }) => name)).toContain('if-match');
      expect(paths[path]?.[change]?.responses).toHaveProperty('412');
      expect(paths[path]?.get?.responses).toHaveProperty('304');
      expect(paths[path]?.get?.responses[200]).toHaveProperty('headers.etag');
    }
  });
});
