import {
  type ConnectorDefinition,
  connectorDefinitionSchema,
  connectorHosts,
} from '../../shared/tools/connectors/registry.ts';
import type { ConnectorDefinitionInput } from '../../shared/tools/tool-definition.ts';
import { type DemoUrls, demoConnectors, type Owner } from './connectors.ts';
import type { DemoDefinition, DemoTool } from './demo-tool.ts';
import { inTurns } from './in-turns.ts';
import { acme, globex } from './people.ts';
import { type RestClient, RestError } from './rest-client.ts';
import { demoTools } from './tools.ts';

/** The clients that may write for each owner. */
export type Admins = Record<Owner, RestClient>;

interface Named {
  id: string;
  name: string;
  scope: 'tenant' | 'global';
}

/** Ids by owner and name. */
export class ToolIds {
  readonly #ids = new Map<string, string>();

  set(owner: Owner, name: string, id: string): void {
    this.#ids.set(`${owner}/${name}`, id);
  }

  /** The tenant's own tool of that name, else the global one. */
  find(tenant: Owner, name: string): string | undefined {
    return this.#ids.get(`${tenant}/${name}`) ?? this.#ids.get(`global/${name}`);
  }
}

/** Allows the private addresses of the demo, and no longer those it had before. */
export async function allowDemoHosts(admins: Admins, urls: DemoUrls, before: DemoUrls | null): Promise<void> {
  const now = hosts(urls);
  const old = before ? hosts(before) : [];
  for (const tenant of [acme, globex] as const) {
    const { privateHosts } = await admins[tenant].call<{ privateHosts: string[] }>(
      'GET',
      '/api/settings/egress',
    );
    const wanted = [...new Set([...privateHosts.filter((host) => !old.includes(host)), ...now])];
    if (wanted.join() !== privateHosts.join())
      await admins[tenant].call('PUT', '/api/settings/egress', { privateHosts: wanted });
  }
}

/** Creates connectors and first versions of the tools; names that exist are left alone. */
export async function register(admins: Admins, urls: DemoUrls): Promise<ToolIds> {
  const connectorIds = await ensureConnectors(admins, urls);
  const ids = new ToolIds();
  for (const [owner, admin] of Object.entries(admins) as [Owner, RestClient][]) {
    for (const tool of await admin.all<Named>(`/api/tools?scope=${scopeOf(owner)}`))
      ids.set(owner, tool.name, tool.id);
  }
  const missing = demoTools(urls).flatMap(({ owner, versions: [first] }) =>
    first && !ids.find(owner, first.name) ? [{ owner, first }] : [],
  );
  await inTurns(
    missing.map(({ owner, first }) => async () => {
      const definition = withConnectorId(owner, first, connectorIds);
      const created = await createOrLeave<Named>(admins[owner], '/api/tools', definition);
      if (created) ids.set(owner, first.name, created.id);
    }),
  );
  return ids;
}

/** Later versions, disabled and archived tools. Call it after the early history, which uses the first versions. */
export async function finishRegister(admins: Admins, urls: DemoUrls, ids: ToolIds): Promise<void> {
  const connectorIds = await ensureConnectors(admins, urls);
  for (const tool of demoTools(urls)) {
    const id = ids.find(tool.owner, nameOf(tool));
    if (!id) continue;
    const { version } = await admins[tool.owner].call<{ version: number }>('GET', `/api/tools/${id}`);
    for (const definition of tool.versions.slice(version)) {
      await admins[tool.owner].call(
        'PUT',
        `/api/tools/${id}`,
        withConnectorId(tool.owner, definition, connectorIds),
      );
    }
    for (const tenant of tool.disabledFor ?? []) {
      await admins[tenant as Owner].call('PUT', `/api/tools/${id}/enabled`, { enabled: false });
    }
    if (tool.archived) await admins[tool.owner].call('DELETE', `/api/tools/${id}`);
  }
}

/** After a change of ports, updates the connectors that still have the old URL, with their secrets. */
export async function followPorts(admins: Admins, urls: DemoUrls, before: DemoUrls): Promise<void> {
  const previous = new Map(
    demoConnectors(before).map((each) => [
      `${each.owner}/${each.definition.name}`,
      addressOf(each.definition),
    ]),
  );
  for (const { owner, definition } of demoConnectors(urls)) {
    const old = previous.get(`${owner}/${definition.name}`);
    if (!old || old === addressOf(definition)) continue;
    const existing = (await admins[owner].all<Named & ConnectorDefinition>('/api/connectors')).find(
      (each) => each.name === definition.name && each.scope === scopeOf(owner),
    );
    if (existing && connectorHosts(existing).join() === old)
      await admins[owner].call('PUT', `/api/connectors/${existing.id}`, definition);
  }
}

const addressOf = (definition: ConnectorDefinitionInput): string =>
  connectorHosts(connectorDefinitionSchema.parse(definition)).join();

async function ensureConnectors(admins: Admins, urls: DemoUrls): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [owner, admin] of Object.entries(admins) as [Owner, RestClient][]) {
    for (const each of await admin.all<Named>('/api/connectors')) {
      if (each.scope === scopeOf(owner)) ids.set(`${owner}/${each.name}`, each.id);
    }
  }
  for (const { owner, definition } of demoConnectors(urls)) {
    const key = `${owner}/${definition.name}`;
    if (ids.has(key)) continue;
    const { id } = await admins[owner].call<Named>('POST', '/api/connectors', definition);
    ids.set(key, id);
  }
  return ids;
}

function withConnectorId(owner: Owner, definition: DemoDefinition, ids: Map<string, string>): unknown {
  if (!definition.config || !('connector' in definition.config)) return definition;
  const { connector, ...config } = definition.config;
  const connectorId = ids.get(`${owner}/${connector}`);
  if (!connectorId)
    throw new Error(`The tool ${definition.name} names the connector ${connector}, which does not exist.`);
  return { ...definition, config: { ...config, connectorId } };
}

/** @returns null when the name is taken by one that is not listed (an archived one) */
async function createOrLeave<T>(admin: RestClient, path: string, body: unknown): Promise<T | null> {
  try {
    return await admin.call<T>('POST', path, body);
  } catch (error) {
    if (error instanceof RestError && error.status === 409) return null;
    throw error;
  }
}

function nameOf(tool: DemoTool): string {
  return tool.versions[0]?.name ?? '';
}

function scopeOf(owner: Owner): 'tenant' | 'global' {
  return owner === 'global' ? 'global' : 'tenant';
}

function hosts(urls: DemoUrls): string[] {
  const called = [urls.demo, urls.temporalHttp].flatMap((url) => (url ? [new URL(url).host] : []));
  return [...called, ...[urls.mail, urls.shop].filter((each) => each !== null)];
}
