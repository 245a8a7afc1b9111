import { describe, expect, test } from 'vitest';
import { readDocument } from '../../../shared/imports/server/read-document.ts';
import { jsonValue } from '../../../shared/platform/json-text.ts';

type Json = Record<string, unknown>;

function read(document: Json | string) {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const found = readDocument(Buffer.from(text), { format: null, sourceUrl: null, keys: null });
  if ('problem' in found) return { problem: found.problem, operations: [] };
  return {
    problem: null,
    operations: jsonValue(found.operations) as unknown as {
      name: string;
      notes: string[];
      inputs: string[];
      digest: string | null;
    }[],
  };
}
const open = (more: Json) => ({
  openapi: '3.1.0',
  info: {},
  servers: [{ url: 'https://a.example' }],
  ...more,
});
const parameters = (schema: Json) => [{ name: 'a', in: 'query', schema }];

describe('documents that would take long are read as fast as others', () => {
  test('thousands of operations of one name get names of their own', () => {
    const paths = Object.fromEntries(
      Array.from({ length: 12_000 }, (_, at) => [`/${at}`, { get: { operationId: 'same' } }]),
    );
    const { operations } = read(open({ paths }));
    expect(new Set(operations.map(({ name }) => name)).size).toBe(12_000);
    expect(operations.slice(0, 3).map(({ name }) => name)).toEqual(['same', 'same_2', 'same_3']);
  }, 30_000);

  test('a list of a great many allowed values is left out, and said', () => {
    const values = Array.from({ length: 60_000 }, (_, at) => `v${at}`);
    const at = (schema: Json) => read(open({ paths: { '/a': { get: { parameters: parameters(schema) } } } }));
    expect(at({ enum: values }).operations[0]?.notes).toEqual([
      'Its schema is too large: parts of the input are not checked',
    ]);
    expect(at({ enum: ['x', 'x', 1, null] }).operations[0]).toMatchObject({ notes: [] });
  });

  test('allowed values that YAML aliases double forty times are not written out', () => {
    const doubled = Array.from({ length: 40 }, (_, at) => `y${at}: &l${at + 1} [*l${at}, *l${at}]`).join(
      '\n',
    );
    const paths = '{/a: {get: {parameters: [{name: a, in: query, schema: {enum: *l40}}]}}}';
    const { operations } = read(`openapi: 3.0.0\ninfo: {}\nx: &l0 [a, a]\n${doubled}\npaths: ${paths}`);
    expect(operations).toMatchObject([{ inputs: ['a'] }]);
  });
});

describe('what no tool can be is named', () => {
  test('more operations than a document may have', () => {
    const paths = Object.fromEntries(Array.from({ length: 12_001 }, (_, at) => [`/${at}`, { get: {} }]));
    expect(read(open({ paths })).problem).toBe(
      'The document has more than 12,000 operations. Split it and import the parts.',
    );
  });

  test('an operation with more inputs than a tool may have', () => {
    const many = Array.from({ length: 1_001 }, (_, at) => ({ name: `p${at}`, in: 'query' }));
    expect(read(open({ paths: { '/a': { get: { parameters: many } } } })).operations).toMatchObject([
      { digest: null, notes: ['It has 1,001 inputs; a tool can have 1,000'] },
    ]);
  });

  test('a web page, a nest without end, a tag of a program', () => {
    expect(read('<!doctype html><title>Sign in</title>').problem).toContain(
      'a web page or another XML document',
    );
    expect(read(`a: ${'['.repeat(100_000)}`).problem).toContain('nesting exceeded');
    expect(read('openapi: !!js/function "x"').problem).toContain('unknown scalar tag');
    expect(read('a: [1\nb: 2').problem).toMatch(/^The document is neither JSON nor YAML: .+ \(line 2\)\.$/);
    const aliases = `a: &a x\nb: [${Array(1_001).fill('*a').join(', ')}]`;
    expect(read(aliases).problem).toContain('aliases');
  });

  test('a document without a title is called as its host', () => {
    const bytes = Buffer.from(JSON.stringify(open({ info: { title: '' }, paths: {} })));
    expect(readDocument(bytes, { format: null, sourceUrl: null, keys: null })).toMatchObject({
      title: 'a.example',
    });
  });
});
