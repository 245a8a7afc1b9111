import { describe, expect, test } from 'vitest';
import { demoCases } from '../../../dev/demo-data/cases.ts';
import { demoConnectors } from '../../../dev/demo-data/connectors.ts';
import type { DemoRecords } from '../../../dev/demo-data/demo-records.ts';
import { demoDomains } from '../../../dev/demo-data/domains.ts';
import { workers } from '../../../dev/demo-data/history.ts';
import { demoIdentities, demoUsers } from '../../../dev/demo-data/people.ts';
import { demoPlaybooks } from '../../../dev/demo-data/playbooks.ts';
import { demoTools } from '../../../dev/demo-data/tools.ts';
import { seedState } from '../../../dev/demo-services/seed.ts';
import { createExceptionInputSchema } from '../../../shared/exceptions/exception-schemas.ts';
import { roles } from '../../../shared/identity/roles.ts';
import type { JsonObject } from '../../../shared/platform/json.ts';
import { validateAgainst } from '../../../shared/platform/server/json-schema.ts';
import { allSteps, playbookDocumentSchema } from '../../../shared/playbooks/playbook-document.ts';
import { definitionOf } from '../../../shared/playbooks/steps/registry.ts';
import { connectorDefinitionSchema } from '../../../shared/tools/connectors/registry.ts';
import { toolDefinitionSchema } from '../../../shared/tools/tool-definition.ts';

const urls = { demo: 'http://127.0.0.1:4501', temporalHttp: 'http://127.0.0.1:7243' };
const connectors = demoConnectors(urls);
const tools = demoTools({ temporal: true });
const { payments, shipments, customers } = seedState(0);
const records: DemoRecords = {
  payments,
  shipments,
  customerIds: customers.map(({ id }) => id),
  provoke: () => Promise.reject(new Error('Nothing is running here.')),
};

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

  test('there is someone in every role, and tools in every state', () => {
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
      expect(user?.roles.some((role) => role !== 'viewer')).toBe(true);
    }
  });

  test.each(
    demoPlaybooks.flatMap(({ owner, versions, draft }) =>
      [...versions.map(({ note: _, ...document }) => document), ...(draft ? [draft] : [])].map(
        (document) => ({ owner, name: document.name, document }),
      ),
    ),
  )('playbook $name is a valid document, and its tools are there', ({ owner, name, document }) => {
    const parsed = playbookDocumentSchema.parse(document);
    // The one that nobody has finished names a tool that nobody has defined.
    if (name === 'chargeback') return;
    for (const call of allSteps(parsed).flatMap(({ step }) => definitionOf(step).toolCalls(step))) {
      const tool = tools.find(
        (each) => each.versions[0]?.name === call.tool && [owner, 'global'].includes(each.owner),
      );
      expect(tool, call.tool).toBeDefined();
      expect(tool?.archived ?? tool?.disabledFor?.includes(owner) ?? false).toBe(false);
    }
  });

  test('a newcomer finds two versions of one playbook, a draft beside one, and one that was never published', () => {
    expect(demoPlaybooks.some(({ versions }) => versions.length > 1)).toBe(true);
    expect(demoPlaybooks.some(({ versions, draft }) => versions.length > 0 && draft)).toBe(true);
    expect(demoPlaybooks.some(({ versions }) => versions.length === 0)).toBe(true);
    const failedPayment = demoPlaybooks[0]?.versions ?? [];
    for (const { steps } of failedPayment) {
      expect(steps.map(({ id }) => id)).toEqual(expect.arrayContaining(['check', 'refund']));
    }
  });

  test('every case is a valid exception with attributes of its domain, under a key of its own', () => {
    const cases = demoCases(records);
    expect(new Set(cases.map(({ key }) => key)).size).toBe(cases.length);
    expect(cases.length).toBeGreaterThanOrEqual(20);
    expect(new Set(cases.map(({ exception }) => exception.severity)).size).toBe(4);
    expect(cases.some(({ exception }) => (exception.dueInHours ?? 0) < 0)).toBe(true);
    for (const { key, by, exception } of cases) {
      const { dueInHours: _, ...sent } = exception;
      expect(createExceptionInputSchema.safeParse(sent).error, key).toBeUndefined();
      const domain = demoDomains.find(
        (each) => each.owner === workers[by].tenant && each.domain.name === exception.domain,
      );
      if (exception.domain === 'general') continue;
      expect(domain, key).toBeDefined();
      const issues = validateAgainst(
        domain?.domain.attributeSchema ?? {},
        exception.attributes as JsonObject,
      );
      expect(issues, key).toEqual([]);
    }
  });

  test('no case uses a payment or shipment that the history has made useless', () => {
    const used = new Set(
      records.payments
        .filter((each) => each.status === 'succeeded')
        .slice(0, 11)
        .map(({ id }) => id),
    );
    for (const { key, exception } of demoCases(records)) {
      const { paymentId } = exception.attributes as { paymentId?: string };
      expect(paymentId !== undefined && used.has(paymentId), key).toBe(false);
    }
  });

  test('the ids are the same on every machine', () => {
    const [first, second] = [seedState(0), seedState(1e12)];
    expect(first.payments.map(({ id }) => id)).toEqual(second.payments.map(({ id }) => id));
    expect(first.payments.filter((each) => each.status === 'failed').length).toBeGreaterThan(3);
    expect(new Set(first.shipments.map((each) => each.status)).size).toBeGreaterThan(4);
  });
});
