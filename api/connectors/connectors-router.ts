import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { appendEvent } from '../../shared/events/db/append-event.ts';
import type { EventType } from '../../shared/events/event-types.ts';
import type { Identity } from '../../shared/identity/roles.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { isUuid } from '../../shared/platform/ids.ts';
import { pageInput, pageOf } from '../../shared/platform/page-schemas.ts';
import { nameCursor, readNameCursor } from '../../shared/platform/server/paging.ts';
import { authView } from '../../shared/tools/auth/auth-view.ts';
import { authHosts } from '../../shared/tools/auth/registry.ts';
import { connectorHosts } from '../../shared/tools/connectors/registry.ts';
import {
  archiveConnector,
  type ConnectorRow,
  findConnector,
  insertConnector,
  listConnectors,
  lockConnector,
  updateConnector,
} from '../../shared/tools/db/connectors.ts';
import type { RegistryConnection } from '../../shared/tools/db/registry-connection.ts';
import { checkConnectorDefinition } from '../../shared/tools/server/check-definition.ts';
import { storeAuth } from '../../shared/tools/server/credential-store.ts';
import { readConnectorDefinition } from '../../shared/tools/server/tool-service.ts';
import { writability } from '../../shared/tools/server/tool-views.ts';
import { asOwner, ownerOf, type WriteContext } from '../../shared/tools/server/write-tool.ts';
import type { Auth, ConnectorDefinition } from '../../shared/tools/tool-definition.ts';
import { type ConnectorView, connectorViewSchema } from '../../shared/tools/tool-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tags = ['connectors'];
const byId = z.object({ id: z.string() });
const definition = z.record(z.string(), z.unknown());
const path = '/api/connectors/{id}' as const;

async function readConnector({ services, identity }: WriteContext, id: string): Promise<ConnectorRow> {
  const row = isUuid(id)
    ? await services.db.tenant(identity.tenantId, (connection) => findConnector(connection, id))
    : null;
  if (!row) throw new InterlockError('not_found', 'There is no such connector.');
  return row;
}

function view(identity: Identity, row: ConnectorRow): ConnectorView {
  const connector = readConnectorDefinition(row.definition);
  return {
    ...connector,
    auth: authView(connector.auth),
    id: row.id,
    revision: row.revision,
    ...writability(identity, row.tenant_id),
    tools: row.tools,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

function withStoredAuth(
  connection: RegistryConnection,
  context: WriteContext,
  ownerId: string | null,
  connector: ConnectorDefinition,
  previous?: Auth,
): Promise<Auth> {
  const { auth, name: usedBy } = connector;
  const hosts = authHosts(auth, connectorHosts(connector));
  return storeAuth(connection, context, { ownerId, usedBy, auth, hosts, previous });
}

async function tell(
  connection: RegistryConnection,
  { identity, requestId }: WriteContext,
  type: EventType,
  id: string,
  data: Record<string, unknown>,
) {
  await appendEvent(connection, identity.tenantId, {
    type,
    subjectType: 'connector',
    subjectId: id,
    actor: identity.actor,
    requestId,
    data,
  });
}

function nameTaken(error: unknown): never {
  if ((error as { code?: string }).code !== '23505') throw error;
  throw new InterlockError('already_exists', 'Another connector has this name.', {
    issues: [{ path: '/name', message: 'Another connector has this name', keyword: 'unique' }],
  });
}

export const connectorsRouter = router({
  list: procedure('connectors.read', {
    method: 'GET',
    path: '/api/connectors',
    summary: 'Connectors this tenant sees',
    tags,
  })
    .input(z.object(pageInput))
    .output(pageOf(connectorViewSchema))
    .query(async ({ ctx, input: { cursor, limit } }) => {
      const after = cursor === undefined ? undefined : readNameCursor(cursor);
      const rows = await ctx.services.db.tenant(ctx.identity.tenantId, (connection) =>
        listConnectors(connection, { after, limit: limit + 1 }),
      );
      const items = rows.slice(0, limit);
      return {
        items: items.map((row) => view(ctx.identity, row)),
        nextCursor: rows.length > limit ? nameCursor(items.at(-1)!) : null,
      };
    }),

  create: procedure('connectors.write', {
    method: 'POST',
    path: '/api/connectors',
    summary: 'Define a connector',
    tags,
    status: 201,
    bodyField: 'definition',
  })
    .input(z.object({ definition }))
    .output(connectorViewSchema)
    .mutation(async ({ ctx, input }) => {
      const connector = checkConnectorDefinition(input.definition, { secretRequired: true });
      const ownerId = ownerOf(ctx.identity, connector.scope);
      const id = uuidv7();
      await asOwner(ctx, ownerId, async (connection) => {
        const auth = await withStoredAuth(connection, ctx, ownerId, connector);
        await insertConnector(connection, { id, ownerId, definition: { ...connector, auth } }).catch(
          nameTaken,
        );
        await tell(connection, ctx, 'ConnectorCreated', id, { name: connector.name });
      });
      return view(ctx.identity, await readConnector(ctx, id));
    }),

  get: procedure('connectors.read', {
    method: 'GET',
    path,
    summary: 'A connector and the tools that use it',
    tags,
  })
    .input(byId)
    .output(connectorViewSchema)
    .query(async ({ ctx, input }) => view(ctx.identity, await readConnector(ctx, input.id))),

  /** The answer names the tools that the change touches; they run with it from now on. */
  update: procedure('connectors.write', {
    method: 'PUT',
    path,
    summary: 'Change a connector for every tool that uses it',
    tags,
    bodyField: 'definition',
  })
    .input(byId.extend({ definition }))
    .output(connectorViewSchema)
    .mutation(async ({ ctx, input }) => {
      const row = await readConnector(ctx, input.id);
      const ownerId = row.tenant_id === null ? ownerOf(ctx.identity, 'global') : row.tenant_id;
      const connector = checkConnectorDefinition(
        { scope: row.tenant_id === null ? 'global' : 'tenant', ...input.definition },
        { secretRequired: false },
      );
      if ((connector.scope === 'global') !== (ownerId === null)) {
        throw new InterlockError('invalid_definition', 'The scope of a connector does not change.', {
          issues: [{ path: '/scope', message: 'The scope of a connector does not change', keyword: 'scope' }],
        });
      }
      await asOwner(ctx, ownerId, async (connection) => {
        const locked = await lockConnector(connection, input.id, ownerId);
        if (!locked) throw new InterlockError('not_found', 'There is no such connector.');
        const before = readConnectorDefinition(locked.definition);
        const auth = await withStoredAuth(connection, ctx, ownerId, connector, before.auth);
        await updateConnector(connection, {
          id: input.id,
          ownerId,
          definition: { ...connector, auth },
        }).catch(nameTaken);
        await tell(connection, ctx, 'ConnectorUpdated', input.id, {
          name: connector.name,
          tools: row.tools.map((tool) => tool.name),
        });
      });
      return view(ctx.identity, await readConnector(ctx, input.id));
    }),

  archive: procedure('connectors.write', {
    method: 'DELETE',
    path,
    summary: 'Archive a connector that no tool uses',
    tags,
    status: 204,
  })
    .input(byId)
    .mutation(async ({ ctx, input }) => {
      const row = await readConnector(ctx, input.id);
      const ownerId = row.tenant_id === null ? ownerOf(ctx.identity, 'global') : row.tenant_id;
      if (row.tools.length > 0) {
        throw new InterlockError(
          'conflict',
          `These tools use it: ${row.tools.map((tool) => tool.name).join(', ')}.`,
        );
      }
      await asOwner(ctx, ownerId, async (connection) => {
        await archiveConnector(connection, input.id, ownerId);
        await tell(connection, ctx, 'ConnectorArchived', input.id, { name: row.name });
      });
    }),
});
