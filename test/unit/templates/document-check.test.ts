import { describe, expect, test } from 'vitest';
import { allTemplates } from '../../../shared/templates/server/template-catalog.ts';
import { differences, fits, rendered } from '../../bench/templates/check-template.ts';
import { operationsOf } from '../../bench/templates/documented-operations.ts';
import { schemaProblems } from '../../bench/templates/schema-problems.ts';

const root = {
  components: {
    schemas: {
      base: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
      pet: {
        allOf: [
          { $ref: '#/components/schemas/base' },
          { properties: { kind: { enum: ['cat', 'dog'] }, age: { type: ['integer', 'null'] } } },
        ],
      },
    },
  },
};

describe('a value is compared with a schema of a document', () => {
  const problems = (value: unknown, schema: unknown = { $ref: '#/components/schemas/pet' }) =>
    schemaProblems(root, schema, value);

  test('names, types, enums and what is required are said where they are', () => {
    expect(problems({ id: 'a', kind: 'cat', age: null })).toEqual([]);
    expect(problems({ kind: 'cow', age: 'old', name: 'Molly' })).toEqual([
      '/id: required, not sent',
      '/kind: "cow" is none of cat, dog',
      '/age: "old" is no integer,null',
      '/name: not documented',
    ]);
    expect(problems([{ id: 1 }], { type: 'array', items: { $ref: '#/components/schemas/base' } })).toEqual([
      '/0/id: 1 is no string',
    ]);
  });

  test('of alternatives, the one that fits best counts', () => {
    const schema = { oneOf: [{ $ref: '#/components/schemas/base' }, { type: 'string' }] };
    expect(problems('text', schema)).toEqual([]);
    expect(problems({ id: 2 }, schema)).toEqual(['/id: 2 is no string']);
  });
});

test('a template is found by method, host and path, and compared with parameters, body and auth', async () => {
  const template = rendered((await allTemplates()).find(({ id }) => id === 'datadog_get_monitor')!);
  const document = (security: object, parameters: object[]) => ({
    file: 'api.json',
    name: 'API 1',
    root: {
      openapi: '3.0.0',
      servers: [
        {
          url: 'https://{sub}.{site}',
          variables: { sub: { default: 'api' }, site: { default: 'datadoghq.com' } },
        },
      ],
      security: [security],
      components: {
        securitySchemes: {
          key: { type: 'apiKey', in: 'header', name: 'DD-API-KEY' },
          other: { type: 'apiKey', in: 'header', name: 'X-Other' },
        },
      },
      paths: { '/api/v1/monitor/{id}': { get: { parameters }, put: {} } },
    },
  });
  const [operation, ...others] = operationsOf(document({ key: [] }, [])).filter((each) =>
    fits(template, each),
  );
  expect(others).toEqual([]);
  expect(differences(template, operation!)).toEqual([]);
  const [wrong] = operationsOf(
    document({ key: [], other: [] }, [{ in: 'query', name: 'account', required: true, schema: {} }]),
  );
  expect(differences(template, wrong!)).toEqual([
    'query account: required, not sent',
    'auth: api_keys, documented key and other',
  ]);
});
