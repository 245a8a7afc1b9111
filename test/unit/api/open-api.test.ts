import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiDocument } from '../../../api/rest/open-api.ts';
import { restOperations } from '../../../api/rest/rest-operations.ts';
import { projectRoot } from '../../../dev/paths.ts';

const document = openApiDocument('https://interlock.example') as {
  components: { schemas: Record<string, unknown>; securitySchemes: object };
  paths: Record<string, Record<string, { parameters?: { name: string }[]; security?: unknown }>>;
  tags: { name: string }[];
};

let dir: string;
let file: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'interlock-openapi-'));
  file = join(dir, 'openapi.json');
  writeFileSync(file, JSON.stringify(document));
});
afterAll(() => rmSync(dir, { recursive: true }));

const run = (script: string, ...args: string[]) =>
  spawnSync(process.execPath, [join(projectRoot, script), ...args], {
    encoding: 'utf8',
    cwd: dir,
    maxBuffer: 10_000_000,
    env: { PATH: process.env.PATH, REDOCLY_TELEMETRY: 'off', CI: 'true' },
  });

test('Redocly finds nothing to improve in the OpenAPI document', { timeout: 60_000 }, () => {
  const { status, stdout, stderr } = run(
    'node_modules/@redocly/cli/bin/cli.js',
    ...['lint', file, '--config', join(projectRoot, 'redocly.yaml')],
  );
  expect(status, stdout + stderr).toBe(0);
  expect(stdout + stderr).not.toMatch(/Warning was generated/);
});

test('Spectral finds nothing to improve in it either, examples included', { timeout: 60_000 }, () => {
  writeFileSync(join(dir, 'ruleset.json'), JSON.stringify({ extends: ['spectral:oas'] }));
  const { status, stdout, stderr } = run(
    'node_modules/@stoplight/spectral-cli/dist/index.js',
    ...['lint', file, '--ruleset', join(dir, 'ruleset.json'), '--fail-severity', 'hint'],
  );
  expect(status, stdout + stderr).toBe(0);
});

test('openapi-typescript makes the types and routes of the client from it', { timeout: 60_000 }, () => {
  const { status, stdout, stderr } = run('dev/client/generate.ts', '--print');
  expect(status, stderr).toBe(0);
  const stored = readFileSync(join(projectRoot, 'shared/client/api-types.ts'), 'utf8');
  expect(stdout === stored, 'Run `npm run client:types`').toBe(true);
});

test('every operation shows how the caller is known, and those that start an execution how to return at once', () => {
  const { paths, components } = document;
  expect(Object.keys(components.securitySchemes)).toEqual(expect.arrayContaining(['apiKey', 'session']));
  for (const path of ['/healthz', '/readyz']) expect(paths[path]?.get?.security).toEqual([]);
  for (const { rest, input } of restOperations) {
    const { parameters = [], security } = paths[rest.path]![rest.method.toLowerCase()]!;
    expect(security).toBeUndefined();
    const waits = Boolean(rest.startsExecution && input?.shape.waitMs);
    expect(
      parameters.some(({ name }) => name === 'prefer'),
      rest.path,
    ).toBe(waits);
  }
});

test('every response and every body of a document has a schema with a name', () => {
  const text = JSON.stringify(document.components.schemas);
  for (const name of ['Tool', 'Connector', 'Playbook', 'Execution', 'Exception', 'Event', 'Run', 'Step'])
    expect(document.components.schemas).toHaveProperty(name);
  const references = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name!);
  for (const name of references) expect(document.components.schemas).toHaveProperty([name]);
  expect(new Set(document.tags.map(({ name }) => name))).toEqual(
    new Set([...restOperations.flatMap(({ rest }) => rest.tags), 'health', 'graphql']),
  );
});
