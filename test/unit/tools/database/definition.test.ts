import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../../shared/platform/json.ts';
import { readJson } from '../../../../shared/platform/read-json.ts';
import { databaseConnector } from '../../../../shared/tools/connectors/database/definition.ts';
import { readDatabaseUrl } from '../../../../shared/tools/database/database-url.ts';
import { databaseProvider } from '../../../../shared/tools/providers/database/definition.ts';

const tool = (config: Record<string, unknown>, inputs: string[] = [], more: Record<string, unknown> = {}) =>
  databaseProvider.schema.parse({
    name: 'some_tool',
    type: 'database',
    inputSchema: { type: 'object', properties: Object.fromEntries(inputs.map((name) => [name, {}])) },
    config: { engine: 'postgresql', url: 'postgresql://db.example:5432/shop', ...config },
    ...more,
  });

const issues = (config: Record<string, unknown>, inputs: string[] = []) =>
  databaseProvider.check(tool(config, inputs)).map(({ path, message }) => `${path}: ${message}`);

const rendered = (config: Record<string, unknown>, input: Record<string, JsonValue>) =>
  databaseProvider.render(tool(config), input);

describe('the URL', () => {
  test('is read as the egress guard reads it', () => {
    expect(readDatabaseUrl('postgres://DB.example/shop', 'postgresql')).toEqual({
      host: 'db.example',
      port: 5432,
      hostPort: 'db.example:5432',
      database: 'shop',
    });
    expect(readDatabaseUrl('postgresql://0x7f.1:80/shop', 'postgresql')).toMatchObject({
      hostPort: '127.0.0.1:80',
    });
    expect(readDatabaseUrl('mariadb://[::1]:3307/a%20b', 'mysql')).toMatchObject({
      host: '::1',
      hostPort: '[::1]:3307',
      database: 'a b',
    });
    expect(readDatabaseUrl('mongodb://h/shop?authSource=admin', 'mongodb')).toMatchObject({
      authSource: 'admin',
    });
  });

  test.each([
    ['postgresql://user:secret@db.example/shop', 'must not contain a user name or password'],
    ['postgresql://db.example/shop?sslmode=disable', 'must not have parameters'],
    ['postgresql://db.example', 'must end with the name of the database'],
    ['postgresql://{host}/shop', 'must not contain a template'],
    ['postgresql://a,b/shop', 'must name one host'],
    ['postgresql://db.example:99999/shop', 'The port must be between'],
    ['postgresql:///shop', 'has no valid host'],
    ['mysql://db.example/shop', 'starts with postgresql://'],
    ['mongodb+srv://db.example/shop', 'names no host'],
  ])('%s is refused', (url, words) => {
    expect(readDatabaseUrl(url, 'postgresql')).toEqual({ problem: expect.stringContaining(words) });
  });
});

describe('a definition', () => {
  test('each problem has its place', () => {
    expect(issues({ statement: 'SELECT {a}' })).toEqual([
      '/config/statement: Unknown input "a" (the input schema has no properties)',
    ]);
    expect(issues({ statement: 'SELECT 1' }, ['a'])).toEqual([
      '/inputSchema/properties/a: The statement does not use this input. Write {a} where its value belongs',
    ]);
    expect(issues({ statement: "SELECT\n '{a}', {a}" }, ['a'])).toEqual([
      '/config/statement: {a} is in quotes, where it is text. Write it without quotes',
    ]);
    expect(issues({ statement: 'SELECT\n $1' })).toEqual([
      '/config/statement: Write {name} for a parameter, not "$1" (line 2, character 2)',
    ]);
    expect(issues({ statement: 'SELECT 1', url: undefined })).toEqual([
      '/config/url: url is required (or a connectorId)',
    ]);
    expect(issues({ statement: 'SELECT 1', tls: 'off', ca: 'x' })).toEqual([
      '/config/ca: Without TLS no certificate is checked',
    ]);
    expect(issues({ statement: { find: {} } })).toEqual([
      '/config/statement: The statement must be a text with SQL',
    ]);
  });

  test('of MongoDB: operations, options and code are checked', () => {
    const mongo = (statement: unknown, more = {}) =>
      issues({ engine: 'mongodb', url: 'mongodb://db.example/shop', statement, ...more });
    expect(mongo({ collection: 'a', find: {} })).toEqual([]);
    expect(mongo('{"collection": "a", "find": {}}')).toEqual([]);
    expect(mongo('find all')[0]).toContain('must be a JSON object');
    expect(mongo({ collection: 'a' })[0]).toContain('must have one operation');
    expect(mongo({ collection: 'a', find: {}, deleteMany: {} })[0]).toContain('must have one operation');
    expect(mongo({ collection: 'a', deleteMany: {} })[0]).toContain(
      '/config/statement/deleteMany: deleteMany writes',
    );
    expect(mongo({ collection: 'a', find: { $where: '1' } })[0]).toContain('runs code in the database');
    expect(mongo({ collection: 'a', aggregate: [{ $out: 'b' }] })[0]).toContain('$out writes');
    expect(mongo({ collection: 'a', aggregate: [{ $facet: { x: [{ $merge: 'b' }] } }] })[0]).toContain(
      '$merge writes',
    );
    expect(mongo({ collection: 'a', find: {}, upsert: true })[0]).toContain('find has no option upsert');
    expect(mongo({ collection: 'a', updateOne: {} }, { readOnly: false })[0]).toContain(
      'updateOne needs update',
    );
    expect(mongo({ collection: 'a', find: { x: '{b}' } })[0]).toContain('Unknown input "b"');
  });

  test('reads are safe to retry; writes are not, unless the tool is declared idempotent', () => {
    const safety = (config: object, more = {}) =>
      databaseProvider.retrySafety(tool({ statement: 'SELECT 1', ...config }, [], more));
    expect(safety({})).toEqual({ safe: true, words: 'Safe to retry: read-only' });
    expect(safety({ readOnly: false })).toMatchObject({ safe: false });
    expect(safety({ readOnly: false }, { idempotent: true })).toMatchObject({ safe: true });
  });

  test('a connector gives URL and encryption, and keeps them to itself where the engine differs', () => {
    const connector = databaseConnector.schema.parse({
      name: 'shop',
      kind: 'database',
      engine: 'mysql',
      url: 'mysql://db.example/shop',
      tls: 'required',
    });
    const folded = databaseProvider.connector.fold(
      { engine: 'mysql', connectorId: crypto.randomUUID(), statement: 'SELECT 1' },
      { ...connector },
    );
    expect(folded).toEqual({
      engine: 'mysql',
      statement: 'SELECT 1',
      url: 'mysql://db.example/shop',
      tls: 'required',
    });
    expect(databaseProvider.hosts(tool(folded))).toEqual(['db.example:3306']);
    expect(databaseProvider.hosts(tool({ ...folded, engine: 'postgresql' }))).toEqual([]);
    expect(() => rendered({ ...folded, engine: 'postgresql' }, {})).toThrow(
      'The tool has no database of kind postgresql',
    );
  });
});

describe('a request', () => {
  test('has the statement with placeholders, and the values apart from it', () => {
    const config = { statement: 'SELECT * FROM orders WHERE id = {id} AND note = {note}' };
    expect(rendered(config, { id: readJson('9007199254740993'), note: "'; --" })).toEqual({
      method: 'QUERY',
      url: 'postgresql://db.example:5432/shop',
      headers: {},
      body: {
        statement: 'SELECT * FROM orders WHERE id = $1 AND note = $2',
        parameters: [readJson('9007199254740993'), "'; --"],
      },
      bodyType: 'json',
    });
    expect(rendered({ ...config, readOnly: false }, {})).toMatchObject({
      method: 'EXECUTE',
      body: { parameters: [null, null] },
    });
  });

  test('a value that PostgreSQL cannot store is refused at its place', () => {
    expect(() => rendered({ statement: 'SELECT {a}' }, { a: ['\0'] })).toThrow(
      'does not match the statement',
    );
  });

  test('of MongoDB: a value keeps its type, an absent one is refused, and none becomes an operator', () => {
    const mongo = (statement: unknown, input: Record<string, JsonValue>) =>
      rendered({ engine: 'mongodb', url: 'mongodb://db.example/shop', statement }, input).body;
    const found = (statement: unknown, input: Record<string, JsonValue>): string[] => {
      try {
        mongo(statement, input);
        return [];
      } catch (error) {
        return (error as { issues: { path: string; message: string }[] }).issues.map(
          ({ path, message }) => `${path}: ${message}`,
        );
      }
    };
    const find = { collection: 'orders', find: { id: '{id}', text: 'no. {id}' } };
    expect(mongo(find, { id: 5 })).toEqual({ collection: 'orders', find: { id: 5, text: 'no. 5' } });
    expect(found(find, {})).toContain('/id: id is required, because the operation uses it');
    expect(found(find, { id: { a: [{ $gt: 1 }] } })).toContain('/id: id must not contain the operator $gt');
    const expression = { collection: 'orders', find: { $expr: { $eq: ['$owner', '{id}'] } } };
    expect(found(expression, { id: '$$ROOT' })).toEqual(['/id: id must not begin with "$" in this place']);
    expect(found({ collection: 'a', find: { x: '${id}' } }, { id: 'a' })).toEqual([]);
    expect(found({ collection: 'a', aggregate: [{ $group: { _id: '${id}' } }] }, { id: 'a' })).toEqual([
      '/id: id must not begin with "$" in this place',
    ]);
    const byId = { collection: 'orders', find: { _id: { $oid: '{id}' } } };
    expect(found(byId, { id: 'x' })).toEqual(['/id: id must be an ObjectId: 24 hexadecimal digits']);
    expect(mongo(byId, { id: 'a'.repeat(24) })).toEqual({
      collection: 'orders',
      find: { _id: { $oid: 'a'.repeat(24) } },
    });
  });
});
