import { z } from 'zod';
import { exceptionDomainSchema } from '../../exceptions/exception-schemas.ts';
import { checkDomain, writeDomainOn } from '../../exceptions/server/domains.ts';
import { authorize } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { Issue } from '../../platform/error-codes.ts';
import { fitTo } from '../../platform/fit-numbers.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { issuesOf } from '../../platform/zod-issues.ts';
import { playbookDocumentSchema } from '../../playbooks/playbook-document.ts';
import { checkDocument } from '../../playbooks/server/check-document.ts';
import { draftHead } from '../../playbooks/server/check-shape.ts';
import type { Catalog } from '../../playbooks/server/checks/catalog.ts';
import { writePlaybookOn } from '../../playbooks/server/playbook-service.ts';
import type { ConnectorDefinition } from '../../tools/connectors/registry.ts';
import { loadTool, readConnectorDefinition } from '../../tools/server/tool-service.ts';
import {
  insertConnectorDraft,
  newConnector,
  nextConnector,
  publishConnectorDraft,
} from '../../tools/server/write-connector.ts';
import {
  insertDraft,
  newTool,
  nextTool,
  publishDraft,
  type ToolDraft,
} from '../../tools/server/write-tool.ts';
import { connectorFile, domainFile, type NamesOf, playbookFile, toolFile } from '../file-form.ts';
import type { FileKind } from '../file-schemas.ts';
import type { CredentialPlan } from './credential-plan.ts';
import type { FilesContext } from './files-context.ts';
import { connectorOf, invalidFile, toolOf } from './named-definition.ts';
import { type Current, findNamed, namesOf, type Organization } from './organization.ts';

type Fields = Record<string, unknown>;

/** A file that differs from what the organization has. */
export interface ChangedFile {
  file: string;
  kind: FileKind;
  value: Fields;
  /** Null: it is created. */
  current: Current | null;
}

/** What a file would write, checked and not written yet. */
export interface Draft {
  /** The file as it would be exported afterwards. */
  after: Fields;
  /** In the transaction of all files. @throws StaleError when it has changed meanwhile */
  write(connection: TenantConnection): Promise<unknown>;
  /** What was sent on, for the blast radius. */
  sent: Fields;
  /** Of a tool. */
  tool?: ToolDraft;
}

interface FileConnector {
  id: string;
  name: string;
  tenant_id: string | null;
  definition: ConnectorDefinition;
}

/** What the files make, while they are drafted: each may name those before it. */
export interface Drafting {
  context: FilesContext;
  organization: Organization;
  credentials: CredentialPlan;
  /** Those of the files in place of those of the organization. */
  connectors: Map<string, FileConnector>;
  /** By id: those of the files. */
  written: Map<string, ConnectorDefinition>;
  /** With the tools and playbooks of the files. */
  catalog: Catalog;
  note: string;
}

/** @throws InterlockError `invalid_definition` with places in the definition, `forbidden`, `already_exists` */
export function draftFile(drafting: Drafting, changed: ChangedFile): Promise<Draft> {
  switch (changed.kind) {
    case 'domain':
      return draftDomain(drafting, changed);
    case 'connector':
      return draftConnector(drafting, changed);
    case 'tool':
      return draftTool(drafting, changed);
    case 'playbook':
      return draftPlaybook(drafting, changed);
  }
}

const domainSchema = z.strictObject(exceptionDomainSchema.shape);

async function draftDomain({ context }: Drafting, { value }: ChangedFile): Promise<Draft> {
  authorize(context.identity, 'exceptions.configure');
  const { data: domain, error } = domainSchema.safeParse(fitTo(domainSchema, value));
  if (!domain) throw invalidFile(issuesOf(error));
  await checkDomain(context, domain);
  return {
    after: domainFile(domain),
    sent: domain,
    write: (connection) => writeDomainOn(connection, context, domain),
  };
}

async function draftConnector(drafting: Drafting, { file, value, current }: ChangedFile): Promise<Draft> {
  const { context, organization, credentials, connectors, written, note } = drafting;
  authorize(context.identity, 'connectors.write');
  const stored = organization.connectors.find(({ id }) => id === current?.id);
  const sent = connectorOf(value, { file, credentials, currentId: credentialIn(stored?.definition) });
  const keep = (id: string, definition: ConnectorDefinition) => {
    connectors.set(id, { id, name: definition.name, tenant_id: context.identity.tenantId, definition });
    written.set(id, definition);
    return { after: connectorFile(definition, namesIn(drafting)), sent };
  };
  if (current === null) {
    const draft = await newConnector(context, sent);
    const { id, connector } = draft;
    return {
      ...keep(id, connector),
      write: (connection) => insertConnectorDraft(connection, context, draft),
    };
  }
  const draft = await nextConnector(context, current.id, sent);
  return {
    ...keep(current.id, draft.connector),
    write: (connection) =>
      publishConnectorDraft(connection, context, {
        ...draft,
        event: 'ConnectorUpdated',
        note,
        ifMatch: [current.state],
      }),
  };
}

async function draftTool(drafting: Drafting, { file, value, current }: ChangedFile): Promise<Draft> {
  const { context, organization, credentials, connectors, written, note } = drafting;
  authorize(context.identity, 'tools.write');
  if (organization.globalTools.has(String(value.name)))
    throw invalidFile([{ path: '/name', message: 'A global tool has this name', keyword: 'name' }]);
  const { tenantId } = context.identity;
  const before = current && (await loadTool(context.services.db, tenantId, current.id));
  const connector = connectorNamed(connectors, value.connector);
  const stored = before?.definition.auth;
  const sent = toolOf(value, connector, { file, credentials, currentId: credentialIn({ auth: stored }) });
  const draft = current
    ? await nextTool(context, current.id, sent, { note, connectors: written })
    : await newTool(context, sent, written);
  return {
    after: toolFile(draft.checked.written, namesIn(drafting)),
    sent,
    tool: draft,
    write: (connection) =>
      current
        ? publishDraft(connection, context, { ...draft, event: 'ToolUpdated', ifMatch: [current.state] })
        : insertDraft(connection, context, draft),
  };
}

function connectorNamed(connectors: Drafting['connectors'], named: unknown): FileConnector | null {
  if (named === undefined) return null;
  const found = typeof named === 'string' ? findNamed([...connectors.values()], named) : undefined;
  if (found) return found;
  const message =
    typeof named === 'string' ? `There is no connector ${named}` : 'The name of a connector is required';
  throw invalidFile([{ path: '/connector', message, keyword: 'connector' }]);
}

async function draftPlaybook(drafting: Drafting, { value, current }: ChangedFile): Promise<Draft> {
  const { context, organization, catalog, note } = drafting;
  authorize(context.identity, 'playbooks.write');
  const { draft: isDraft = false, ...sent } = value;
  const document = fitTo(playbookDocumentSchema, sent);
  draftHead(document);
  const stored = organization.playbooks.get(String(document.name));
  const refused = draftIssues(isDraft, stored);
  const { services, identity } = context;
  const issues =
    isDraft === true ? [] : await checkDocument(services.db, identity.tenantId, document, catalog);
  if (refused.length + issues.length > 0) throw invalidFile([...refused, ...issues]);
  return {
    after: playbookFile(document, isDraft === true),
    sent: document,
    write: (connection) =>
      writePlaybookOn(connection, context, {
        playbookId: current?.id ?? null,
        document,
        publish: isDraft !== true,
        note,
        ifMatch: current ? [current.state] : undefined,
      }),
  };
}

/** A file is a published version, or the draft of a playbook that has none: it never replaces both. */
function draftIssues(
  isDraft: unknown,
  stored: { document: Fields | null; draft: Fields | null } | undefined,
): Issue[] {
  if (typeof isDraft !== 'boolean')
    return [{ path: '/draft', message: 'must be true or left out', keyword: 'type' }];
  if (!stored?.document) return [];
  if (isDraft)
    return [{ path: '/draft', message: 'The playbook is published. Leave draft out', keyword: 'draft' }];
  return stored.draft === null
    ? []
    : [
        {
          path: '',
          message: 'The playbook has a draft that is not published. Publish or discard it first',
          keyword: 'draft',
        },
      ];
}

function credentialIn(definition: { auth?: unknown } | undefined): string | undefined {
  const auth = definition?.auth;
  return isObject(auth) && typeof auth.credentialId === 'string' ? auth.credentialId : undefined;
}

function namesIn({ connectors, organization, credentials }: Drafting): NamesOf {
  const known = namesOf([...connectors.values()], organization.credentials);
  return { ...known, credential: (id) => credentials.nameOf(id) ?? known.credential(id) };
}

/** The connectors of the organization by id, before the files. */
export const connectorsOf = ({ connectors }: Organization): Map<string, FileConnector> =>
  new Map(
    connectors.map(({ id, name, tenant_id, definition }) => [
      id,
      { id, name, tenant_id, definition: readConnectorDefinition(definition) },
    ]),
  );
