import type { ReadContext } from '../../events/server/change-context.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { type AllowedHost, covers, hostAndPortOf } from '../../platform/egress-rules.ts';
import { calledPlaces } from '../../tools/called-places.ts';
import { connectorHosts } from '../../tools/connectors/registry.ts';
import { hostPortOf } from '../../tools/http/url.ts';
import { readConnectorDefinition, resolveVersion } from '../../tools/server/tool-service.ts';
import { listConnectors, listCredentialHosts, listWebhookUrls, pageOfTools } from '../db/targets.ts';
import type { EgressTarget, NamedCaller } from '../egress-schemas.ts';
import { normalAllowedHosts } from './egress-settings.ts';
import { reachOf } from './read-reach.ts';

const toolsAtOnce = 100;
/** Of credentials, and of connectors. */
const most = 1_000;
const mostUses = 20;

interface Use extends NamedCaller {
  /** Null: it may be any, or none is known. */
  method: string | null;
}

/**
 * What a list would do: every place that the tools, connectors, credentials and webhooks of the tenant name, or that was
 * reached in the last 30 days. Nothing is changed.
 * @throws InterlockError `invalid_input`
 */
export async function checkAllowList(
  { services, identity }: ReadContext,
  { hosts }: { hosts: readonly AllowedHost[] },
): Promise<{ items: EgressTarget[]; nextCursor: null }> {
  const normal = normalAllowedHosts(hosts, '/hosts');
  const items = await services.db.tenant(identity.tenantId, (connection) => targetsOf(connection, normal));
  return { items, nextCursor: null };
}

async function targetsOf(
  connection: TenantConnection,
  allowed: readonly AllowedHost[],
): Promise<EgressTarget[]> {
  const targets = new Targets(allowed);
  for (let after: string | null = null; ; ) {
    const page = await pageOfTools(connection, after, toolsAtOnce);
    for (const row of page) {
      const definition = resolveVersion(row);
      const tool = { type: 'tool', id: row.tool_id, name: row.name } as const;
      for (const { hostPort, method } of calledPlaces(definition)) targets.use(hostPort, { ...tool, method });
    }
    if (page.length < toolsAtOnce) break;
    after = page.at(-1)!.tool_id;
  }
  for (const { id, name, definition } of await listConnectors(connection, most))
    for (const hostPort of connectorHosts(readConnectorDefinition(definition)))
      targets.use(hostPort, { type: 'connector', id, name, method: null });
  for (const { id, name, hosts } of await listCredentialHosts(connection, most))
    for (const hostPort of hosts) targets.use(hostPort, { type: 'credential', id, name, method: null });
  for (const { id, name, url } of await listWebhookUrls(connection))
    targets.use(hostPortOf(url), { type: 'webhook', id, name, method: 'POST' });
  for (const { host, port, caller, methods, count, lastAt, outcome } of await reachOf(connection)) {
    const target = targets.at(host, port);
    for (const method of methods) target.use({ ...caller, method });
    if (outcome === 'reached') target.reached(count, lastAt);
  }
  return targets.list();
}

class Targets {
  readonly #allowed: readonly AllowedHost[];
  readonly #byPlace = new Map<string, Target>();

  constructor(allowed: readonly AllowedHost[]) {
    this.#allowed = allowed;
  }

  at(host: string, port: number): Target {
    const key = `${host}:${port}`;
    const target = this.#byPlace.get(key) ?? new Target(host, port, this.#allowed);
    this.#byPlace.set(key, target);
    return target;
  }

  /** @param hostPort null: it is not known */
  use(hostPort: string | null, use: Use): void {
    const place = hostPort && hostAndPortOf(hostPort);
    if (place) this.at(place.host, place.port).use(use);
  }

  /** What would be cut off first, then what was reached most. */
  list(): EgressTarget[] {
    return [...this.#byPlace.values()]
      .map((target) => target.view())
      .toSorted(
        (one, other) =>
          Number(one.allowed) - Number(other.allowed) ||
          other.reached - one.reached ||
          one.host.localeCompare(other.host) ||
          one.port - other.port,
      );
  }
}

class Target {
  readonly #place: { host: string; port: number };
  readonly #allowed: readonly AllowedHost[];
  readonly #uses = new Map<string, EgressTarget['uses'][number]>();
  #count = 0;
  #lastAt: string | null = null;

  constructor(host: string, port: number, allowed: readonly AllowedHost[]) {
    this.#place = { host, port };
    this.#allowed = allowed;
  }

  use(use: Use): void {
    const allowed = this.#allowed.some((each) => covers(each, { ...this.#place, method: use.method }));
    const key = `${use.type} ${use.id} ${use.method}`;
    if (!this.#uses.has(key)) this.#uses.set(key, { ...use, allowed });
  }

  reached(count: number, lastAt: string): void {
    this.#count += count;
    if (this.#lastAt === null || lastAt > this.#lastAt) this.#lastAt = lastAt;
  }

  view(): EgressTarget {
    const uses = [...this.#uses.values()];
    const cutOff = new Set(
      uses.flatMap(({ type, id, allowed }) =>
        !allowed && (type === 'tool' || type === 'webhook') ? [id] : [],
      ),
    );
    return {
      ...this.#place,
      allowed: uses.every(({ allowed }) => allowed),
      uses: uses.toSorted((one, other) => Number(one.allowed) - Number(other.allowed)).slice(0, mostUses),
      useCount: uses.length,
      cutOff: cutOff.size,
      reached: this.#count,
      lastAt: this.#lastAt,
    };
  }
}
