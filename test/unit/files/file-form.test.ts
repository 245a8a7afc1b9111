import { describe, expect, test } from 'vitest';
import { connectorFile, playbookFile, toolFile } from '../../../shared/files/file-form.ts';
import { locateYaml, type ReadFile, readYaml, writeYaml } from '../../../shared/files/server/yaml-files.ts';
import { readJson } from '../../../shared/platform/read-json.ts';

const names = {
  connector: (id: string) => `connector-${id}`,
  credential: (id: string) => `credential-${id}`,
};
const texts = (...values: unknown[]): string[] => JSON.parse(writeYaml(values).texts.text);
const read = (...written: string[]): ReadFile[] =>
  readJson(readYaml(written).files.text) as unknown as ReadFile[];

describe('definitions as files', () => {
  test('names stand in place of ids, keys in one order, and defaults are left out', () => {
    const file = toolFile(
      {
        type: 'http',
        config: { url: 'https://pay.example/refunds', method: 'POST', headers: {} },
        retry: { maxAttempts: 3, initialMs: 500, factor: 2, maxMs: 10_000 },
        timeoutMs: 10_000,
        tags: ['finance'],
        scope: 'tenant',
        name: 'refund',
        auth: { type: 'bearer', credentialId: 'c1' },
      },
      names,
    );
    expect(texts(file)[0]).toBe(
      [
        'name: refund',
        'type: http',
        'tags:',
        '  - finance',
        'auth:',
        '  type: bearer',
        '  credential: credential-c1',
        'config:',
        '  url: https://pay.example/refunds',
        '  method: POST',
        '',
      ].join('\n'),
    );
  });

  test('with a connector, what the tool says itself stays', () => {
    const written = {
      name: 'refund',
      type: 'http',
      timeoutMs: 10_000,
      auth: { type: 'none' },
      config: { connectorId: 'a', path: '/x', method: 'GET' },
    };
    expect(toolFile(written, names)).toEqual({
      name: 'refund',
      type: 'http',
      connector: 'connector-a',
      auth: { type: 'none' },
      config: { path: '/x', method: 'GET' },
      timeoutMs: 10_000,
    });
  });

  test('a connector and a playbook have their head first', () => {
    const connector = connectorFile(
      { auth: { type: 'none' }, headers: {}, baseUrl: 'https://a.example', name: 'a', description: '' },
      names,
    );
    expect(Object.entries(connector)).toEqual([
      ['name', 'a'],
      ['kind', 'rest'],
      ['baseUrl', 'https://a.example'],
    ]);
    const playbook = playbookFile(
      { steps: [{ title: 'Check', type: 'manual', id: 'check' }], title: 'A', name: 'a', triggers: [] },
      true,
    );
    expect(JSON.stringify(playbook)).toBe(
      '{"name":"a","draft":true,"title":"A","steps":[{"id":"check","type":"manual","title":"Check"}]}',
    );
  });

  test('every text and number is read as it was written', () => {
    const value = {
      texts: [
        'a\nb\n',
        'a\r\nb',
        ' a\n  b',
        'a\n\tb ',
        '\n',
        '',
        'yes',
        '1e3',
        'null',
        '2020-01-01',
        'a: b #c',
      ],
      more: ['a\u2028b\nc', '\ufeffa\nb', '${{ a.b }}', '---\na\n', `${'x'.repeat(300)} y`, '\u0007'],
      numbers: readJson('[9007199254740993, 19.90, 0.5, -3, 1e21]'),
      shared: [{ a: 1 }, { a: 1 }],
    };
    const [file] = read(...texts(value));
    expect(JSON.stringify(file)).toBe(JSON.stringify({ value }));
  });

  test('a problem has its line, and so has a place', () => {
    expect(read('name: a\nname: b\n')[0]).toMatchObject({
      line: 2,
      problem: expect.stringContaining('unique'),
    });
    const text = 'name: a\nsteps:\n  - id: one\n  - id: two\n    form:\n      type: x\n';
    expect(
      locateYaml(text, ['/name', '/steps/1', '/steps/1/form/type', '/steps/1/form/gone', '/none']),
    ).toEqual([1, 4, 6, 5, 1]);
  });

  test('aliases that grow without end are refused', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de'])
      bomb.push(`${to}: &${to} [${Array(10).fill(`*${from}`).join(', ')}]`);
    expect(read(bomb.join('\n'))[0]).toHaveProperty('problem');
  });
});
