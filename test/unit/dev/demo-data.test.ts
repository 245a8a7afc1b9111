import { describe, expect, test } from 'vitest';
import { demoConnectors } from '../../../dev/demo-data/connectors.ts';
import { workers } from '../../../dev/demo-data/history.ts';
import { demoIdentities, demoUsers } from '../../../dev/demo-data/people.ts';
import { demoTools } from '../../../dev/demo-data/tools.ts';
import { seedState } from '../../../dev/demo-services/seed.ts';
import { roles } from '../../../shared/pure/roles.ts';
import { connectorDefinitionSchema, toolDefinitionSchema } from '../../../shared/pure/tool-definition.ts';

const urls = { demo: 'http://127.0.0.1:4501', temporalHttp: 'http://127.0.0.1:7243' };
const connectors = demoConnectors(urls);
const tools = demoTools({ temporal: true });

describe('demo data', () => {
  test.each(connectors)('connector $definition.name is a valid definition', ({ definition }) => {
    expect(connectorDefinitionSchema.safeParse(definition).error).toBeUndefined();
  });

  test.each(tools.flatMap((tool) => tool.versions.map((definition) => ({ tool, definition }))))(
    'tool $definition.name is a valid definition and its connector is there',
    ({ tool, definition }) => {
      const config = definition.config ?? {};
      const connector = 'connector' in config ? config.connector : null;
      const written = connector
        ? { ...definition, config: { ...config, connector: undefined, url: 'http://127.0.0.1:4501/' } }
        : definition;
      expect(toolDefinitionSchema.safeParse(JSON.parse(JSON.stringify(written))).error).toBeUndefined();
      if (connector)
        expect(connectors.map((each) => `${each.owner}/${each.definition.name}`)).toContain(
          `${tool.owner}/${connector}`,
        );
    },
  );

  test('there is somebody in every role, and tools in every state', () => {
    expect(new Set(demoUsers().flatMap((user) => user.roles))).toEqual(new Set(roles));
    expect(demoIdentities.users.every((user) => user.password.length >= 8)).toBe(true);
    for (const owner of ['acme', 'globex', 'global']) {
      const own = tools.filter((tool) => tool.owner === owner);
      expect(own.some((tool) => tool.archived)).toBe(true);
      expect(own.some((tool) => tool.disabledFor)).toBe(true);
    }
  });

  test('everybody who works in the history may', () => {
    for (const { email, tenant } of Object.values(workers)) {
      if (!email) continue;
      const user = demoUsers().find((each) => each.email === email && each.tenant === tenant);
      expect(user?.roles.some((role) => ['operator', 'tenant_admin'].includes(role))).toBe(true);
    }
  });

  test('the ids are the same on every machine', () => {
    const [first, second] = [seedState(0), seedState(1e12)];
    expect(first.payments.map(({ id }) => id)).toEqual(second.payments.map(({ id }) => id));
    expect(first.payments.filter((each) => each.status === 'failed').length).toBeGreaterThan(3);
    expect(new Set(first.shipments.map((each) => each.status)).size).toBeGreaterThan(4);
  });
});
