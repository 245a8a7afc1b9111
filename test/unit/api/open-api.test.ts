import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openApiDocument } from '../../../api/rest/open-api.ts';
import { restOperations } from '../../../api/rest/rest-operations.ts';
import { projectRoot } from '../../../dev/paths.ts';

const document = openApiDocument('https://interlock.example') as {
  components: { schemas: Record<string, unknown> };
  tags: { name: string }[];
};

test('Redocly finds nothing to improve in the OpenAPI document', () => {
  const dir = mkdtempSync(join(tmpdir(), 'interlock-openapi-'));
  const file = join(dir, 'openapi.json');
  writeFileSync(file, JSON.stringify(document));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(projectRoot, 'node_modules/@redocly/cli/bin/cli.js'),
      ...['lint', file, '--config', join(projectRoot, 'redocly.yaml')],
    ],
    { encoding: 'utf8', env: { PATH: process.env.PATH, REDOCLY_TELEMETRY: 'off', CI: 'true' } },
  );
  rmSync(dir, { recursive: true });
  expect(status, stdout + stderr).toBe(0);
  expect(stdout + stderr).not.toMatch(/Warning was generated/);
});

test('every response and every body of a document has a schema with a name', () => {
  const text = JSON.stringify(document.components.schemas);
  for (const name of ['Tool', 'Connector', 'Playbook', 'Execution', 'Exception', 'Event', 'Run', 'Step'])
    expect(document.components.schemas).toHaveProperty(name);
  const references = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name!);
  for (const name of references) expect(document.components.schemas).toHaveProperty([name]);
  expect(new Set(document.tags.map(({ name }) => name))).toEqual(
    new Set([...restOperations.flatMap(({ rest }) => rest.tags), 'health']),
  );
});
