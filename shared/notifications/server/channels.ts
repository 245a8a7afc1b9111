import { v7 as uuidv7 } from 'uuid';
import { readLastChange } from '../../events/db/last-change.ts';
import type { EventType } from '../../events/event-types.ts';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { type CurrentState, refuseStale } from '../../events/server/refuse-stale.ts';
import { tell } from '../../events/server/tell.ts';
import type { Executor } from '../../executions/server/executor.ts';
import type { Identity } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { isUniqueViolation } from '../../platform/db/unique-violation.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Environment } from '../../platform/server/environment.ts';
import { checkEnabled, type LoadedTool, loadTool } from '../../tools/server/tool-service.ts';
import type { WrittenText } from '../../tools/server/written-text.ts';
import { readFailures } from '../db/notification-failures.ts';
import {
  type ChannelRow,
  countPeopleOf,
  insertChannel,
  listChannels,
  lockChannel,
  lockChannels,
  updateChannel,
} from '../db/notifications.ts';
import type { DeliveryFailure, NotificationChannel } from '../notification-schemas.ts';
import { channelInput } from './channel-input.ts';
import { scopeOf } from './send-by-tool.ts';

type Services = { executor: Executor; environment: Environment; written: WrittenText };
type Change = ChangeContext<Services>;

/** The list is read whole, so it has to stay short. */
const maxChannels = 20;
const maxInputCharacters = 20_000;

const channelNotFound = () => new InterlockError('not_found', 'Channel not found.');

/** By name. */
export async function readChannels(context: ReadContext): Promise<NotificationChannel[]> {
  const { services, identity } = context;
  const [rows, people, failures] = await services.db.tenant(identity.tenantId, async (connection) => [
    await listChannels(connection),
    await countPeopleOf(connection),
    await readFailures(connection, null),
  ]);
  return Promise.all(
    rows.map((row) => channelView(context, row, people.get(row.id) ?? 0, failures.get(row.id))),
  );
}

async function channelView(
  { services, identity }: ReadContext,
  row: ChannelRow,
  people: number,
  failure: DeliveryFailure | undefined,
): Promise<NotificationChannel> {
  const tool = await loadTool(services.db, identity.tenantId, row.tool_id);
  return {
    id: row.id,
    name: row.name,
    toolId: row.tool_id,
    toolName: tool ? (tool.definition.title ?? tool.definition.name) : null,
    input: row.input,
    enabled: row.enabled,
    disabledReason: row.disabled_reason,
    revision: row.revision,
    owner: row.owner_name,
    people,
    lastFailure: failure ?? null,
    updatedAt: row.updated_at.toISOString(),
  };
}

/** Events keep it. */
const nameOf = async ({ services, identity }: Change, { name }: ChannelInput): Promise<string> =>
  (await services.written.note(identity.tenantId, name)).slice(0, 80).toWellFormed();

export interface ChannelInput {
  name: string;
  toolId: string;
  input: JsonObject;
}

/** The payload of a message that says what a test is. */
async function samplePayload(
  { services, identity }: { services: Services; identity: Identity },
  input: JsonObject,
): Promise<JsonObject> {
  const { tenantId, tenantSlug, tenantName, actor, person } = identity;
  const scope = scopeOf(
    {
      member: { id: actor.id, name: actor.name, email: person ?? 'someone@example.com', roles: [] },
      lines: [{ text: 'This is a test: notifications appear here', link: '/profile/notifications' }],
      count: 1,
      critical: false,
    },
    { slug: tenantSlug, name: tenantName },
    services.environment.publicUrl,
  );
  return channelInput(input, scope, tenantId);
}

const invalid = (path: string, message: string, keyword: string) =>
  new InterlockError('invalid_input', 'The channel is not valid. Nothing was changed.', {
    issues: [{ path, message, keyword }],
  });

/** What can be stored, also of one that is disabled. @throws InterlockError `invalid_input` */
async function checkStored(
  { services, identity }: Change,
  { toolId, input }: ChannelInput,
): Promise<LoadedTool> {
  if (JSON.stringify(input).length > maxInputCharacters)
    throw invalid('/input', `has more than ${maxInputCharacters} characters`, 'maxLength');
  const tool = isUuid(toolId) ? await loadTool(services.db, identity.tenantId, toolId) : null;
  if (!tool) throw invalid('/toolId', 'Tool not found', 'tool');
  return tool;
}

/**
 * As if it sent something now: the tool is there and enabled, its input is valid, and no policy refuses it.
 * @throws InterlockError `invalid_input`, `denied` or `disabled`
 */
async function check(context: Change, channel: ChannelInput): Promise<void> {
  const { services, identity } = context;
  const { toolId, input } = channel;
  const tool = await checkStored(context, channel);
  if (tool.archived) throw invalid('/toolId', 'Tool not found', 'tool');
  checkEnabled(tool);
  const payload = await samplePayload({ services, identity }, input);
  const { policy } = await services.executor
    .preview({ identity, toolId, payload })
    .catch((error: unknown) => {
      if (!(error instanceof InterlockError) || !error.issues) throw error;
      const issues = error.issues.map((issue) => ({ ...issue, path: `/input${issue.path}` }));
      throw new InterlockError(error.code, error.message, { issues, details: error.details });
    });
  if (policy.effect === 'deny')
    throw new InterlockError('denied', `${policy.reason} Nothing was changed.`, {
      details: { policyId: policy.policyId },
    });
}

/** Its executions are those of who creates it. @throws InterlockError `invalid_input`, `denied`, `already_exists`, `conflict` */
export async function createChannel(context: Change, input: ChannelInput): Promise<NotificationChannel> {
  const { identity } = context;
  await check(context, input);
  const name = await nameOf(context, input);
  const id = uuidv7();
  const row = await writing(context, 'NotificationChannelCreated', id, async (connection) => {
    await lockChannels(connection);
    if ((await listChannels(connection)).length >= maxChannels)
      throw new InterlockError('conflict', `An organization has at most ${maxChannels} channels.`);
    return insertChannel(connection, {
      id,
      name,
      tool_id: input.toolId,
      input: input.input,
      owner: identity.actor,
    });
  });
  return channelView(context, row, 0, undefined);
}

/** Who saves it owns it from then on. @throws InterlockError as `createChannel`, or `not_found`, `precondition_failed` */
export async function changeChannel(
  context: Change,
  id: string,
  { enabled, ...input }: ChannelInput & { enabled: boolean },
  ifMatch?: IfMatch,
): Promise<NotificationChannel> {
  const { actor } = context.identity;
  await findChannel(context, id);
  await (enabled ? check : checkStored)(context, input);
  const name = await nameOf(context, input);
  const row = await writing(context, 'NotificationChannelUpdated', id, async (connection) => {
    const before = await lockChannel(connection, id);
    if (!before) throw channelNotFound();
    checkState(ifMatch, before.revision);
    return updateChannel(connection, id, {
      name,
      tool_id: input.toolId,
      input: input.input,
      enabled,
      disabled_reason: enabled ? null : `Disabled by ${actor.name}.`,
      owner: actor,
    });
  }).catch(refuseStale(() => currentChannel(context, id)));
  const [people, failures] = await context.services.db.tenant(
    context.identity.tenantId,
    async (connection) => [await countPeopleOf(connection), await readFailures(connection, null)],
  );
  return channelView(context, row, people.get(id) ?? 0, failures.get(id));
}

async function currentChannel(context: Change, id: string): Promise<CurrentState> {
  const { services, identity } = context;
  const current = (await readChannels(context)).find((each) => each.id === id);
  const types = ['NotificationChannelCreated', 'NotificationChannelUpdated'] as const;
  const last = await services.db.tenant(identity.tenantId, (connection) =>
    readLastChange(connection, 'notification_channel', id, types),
  );
  const { owner_type: type, owner_id, owner_name: name } = await findChannel(context, id);
  if (!current) throw channelNotFound();
  // The event log may no longer have it; who saves it owns it.
  const changedBy = last?.actor ?? { type, id: owner_id, name };
  return { what: 'The channel', changedBy, changedAt: current.updatedAt, current };
}

/** Nothing is sent by it any more. @throws InterlockError `not_found` or `precondition_failed` */
export async function archiveChannel(context: Change, id: string, ifMatch?: IfMatch): Promise<void> {
  await writing(context, 'NotificationChannelArchived', id, async (connection) => {
    const before = await lockChannel(connection, id);
    if (!before) throw channelNotFound();
    checkState(ifMatch, before.revision);
    return updateChannel(connection, id, { archived_at: new Date(), enabled: false });
  }).catch(refuseStale(() => currentChannel(context, id)));
}

async function findChannel({ services, identity }: Change, id: string): Promise<ChannelRow> {
  const rows = await services.db.tenant(identity.tenantId, listChannels);
  const row = rows.find((each) => each.id === id);
  if (!row) throw channelNotFound();
  return row;
}

/** Sends a test by a channel, as the one who asks. @throws InterlockError `not_found`, and what executing the tool throws */
export async function testChannel(context: Change, id: string): Promise<{ executionId: string }> {
  const { services, identity, requestId } = context;
  const { tenantId } = identity;
  const row = await findChannel(context, id);
  const payload = await samplePayload(context, row.input);
  const execution = await services.executor.execute({
    identity,
    toolId: row.tool_id,
    payload,
    idempotencyKey: `notification/test/${requestId}`,
    waitMs: 0,
    requestId,
  });
  await services.db.tenant(tenantId, (connection) =>
    tell(connection, context, {
      type: 'NotificationChannelTested',
      subjectType: 'notification_channel',
      subjectId: id,
      data: { name: row.name, executionId: execution.id },
    }),
  );
  return { executionId: execution.id };
}

/** Writes a channel with its event. */
async function writing(
  context: Change,
  type: EventType,
  id: string,
  write: (connection: TenantConnection) => Promise<ChannelRow>,
): Promise<ChannelRow> {
  if (!isUuid(id)) throw channelNotFound();
  try {
    return await context.services.db.tenantTransaction(context.identity.tenantId, async (connection) => {
      const row = await write(connection);
      await tell(connection, context, {
        type,
        subjectType: 'notification_channel',
        subjectId: id,
        data: { name: row.name, toolId: row.tool_id, enabled: row.enabled },
      });
      return row;
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new InterlockError('already_exists', 'A channel has this name already. Nothing was changed.', {
      issues: [{ path: '/name', message: 'is the name of another channel', keyword: 'unique' }],
    });
  }
}
