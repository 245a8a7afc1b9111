import { listDomains } from '../../exceptions/db/exceptions-domains.ts';
import type { Database } from '../../platform/db/database.ts';
import { readConnectorDefinition, storedDefinition } from '../../tools/server/tool-service.ts';
import {
  readConnectors,
  readCredentials,
  readPlaybooks,
  readTools,
  type StoredConnector,
  type StoredCredential,
  type StoredPlaybook,
} from '../db/organization.ts';
import { connectorFile, domainFile, type NamesOf, playbookFile, toolFile } from '../file-form.ts';
import { type FileKind, folders } from '../file-schemas.ts';

type Fields = Record<string, unknown>;

/** A definition that the organization has. */
export interface Current {
  kind: FileKind;
  name: string;
  /** Of a domain, its name. */
  id: string;
  /** What `If-Match` of a change names; a domain has none. */
  state: string;
  /** As it is exported. */
  file: Fields;
}

export interface Organization {
  /** By path. */
  current: Map<string, Current>;
  connectors: StoredConnector[];
  credentials: StoredCredential[];
  playbooks: Map<string, StoredPlaybook>;
  globalTools: Set<string>;
}

export const pathOf = (kind: FileKind, name: string): string => `${folders[kind]}/${name}.yaml`;

/** In front of the name of a connector of the platform: the organization may have one with the same name. */
const globalMark = 'global/';

/** Everything of an organization that can be a file, as it is now. */
export async function readOrganization(db: Database, tenantId: string): Promise<Organization> {
  const stored = await db.tenant(tenantId, async (connection) => ({
    domains: await listDomains(connection),
    connectors: await readConnectors(connection),
    tools: await readTools(connection),
    playbooks: await readPlaybooks(connection),
    credentials: await readCredentials(connection),
  }));
  const { connectors, credentials } = stored;
  const names = namesOf(connectors, credentials);
  const found: Current[] = [
    ...stored.domains.map(({ name, title, attribute_schema: attributeSchema }): Current => {
      const file = domainFile({ name, title, attributeSchema });
      return { kind: 'domain', name, id: name, state: '', file };
    }),
    ...connectors.flatMap(({ id, tenant_id, name, revision, definition }): Current[] => {
      if (tenant_id === null) return [];
      const file = connectorFile(readConnectorDefinition(definition), names);
      return [{ kind: 'connector', name, id, state: String(revision), file }];
    }),
    ...stored.tools.flatMap(({ id, name, version, format_version, definition }): Current[] => {
      if (definition === null) return [];
      const file = toolFile(storedDefinition({ format_version, definition }), names);
      return [{ kind: 'tool', name, id, state: String(version), file }];
    }),
    ...stored.playbooks.map(({ id, name, draft_revision, draft, document }): Current => {
      const file = playbookFile(document ?? draft ?? {}, document === null);
      return { kind: 'playbook', name, id, state: String(draft_revision), file };
    }),
  ];
  return {
    current: new Map(found.map((each) => [pathOf(each.kind, each.name), each])),
    connectors,
    credentials,
    playbooks: new Map(stored.playbooks.map((each) => [each.name, each])),
    globalTools: new Set(stored.tools.flatMap(({ tenant_id, name }) => (tenant_id === null ? [name] : []))),
  };
}

/** What is not known keeps its id. */
export function namesOf(
  connectors: readonly Pick<StoredConnector, 'id' | 'name' | 'tenant_id'>[],
  credentials: readonly Pick<StoredCredential, 'id' | 'name'>[],
): NamesOf {
  const ofConnectors = new Map(
    connectors.map(({ id, name, tenant_id }) => [id, tenant_id === null ? `${globalMark}${name}` : name]),
  );
  const ofCredentials = new Map(credentials.map(({ id, name }) => [id, name]));
  return {
    connector: (id) => ofConnectors.get(id) ?? id,
    credential: (id) => ofCredentials.get(id) ?? id,
  };
}

/** The connector that a tool names, as `namesOf` writes it. */
export function findNamed<C extends Pick<StoredConnector, 'name' | 'tenant_id'>>(
  connectors: readonly C[],
  named: string,
): C | undefined {
  const isGlobal = named.startsWith(globalMark);
  const name = isGlobal ? named.slice(globalMark.length) : named;
  return connectors.find((each) => each.name === name && (each.tenant_id === null) === isGlobal);
}
