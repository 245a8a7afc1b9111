import type { EventType } from '../../events/event-types.ts';
import type { ChangeContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { lockTool, makeCurrent, readOwnedVersion, setTrial } from '../../tools/db/tools.ts';
import { diffDefinitions } from '../../tools/diff-definitions.ts';
import { resolveVersion, storedDefinition } from '../../tools/server/tool-service.ts';
import type { WrittenText } from '../../tools/server/written-text.ts';
import { type TrialRow, updateTrial } from '../db/trials.ts';
import type { ComparedTrial, TrialStatus } from '../trial-schemas.ts';
import { mustReadWhich, readComparedTrial } from './read-trials.ts';

interface Changed {
  change: Partial<TrialRow>;
  type: EventType;
  data: Record<string, unknown>;
}

/** Decides under the lock of the tool, and writes the event with the change. @throws InterlockError `not_found` or `conflict` */
async function changeTrial(
  context: ChangeContext,
  toolId: string,
  trialId: string | undefined,
  decide: (connection: TenantConnection, row: TrialRow) => Promise<Changed>,
): Promise<ComparedTrial> {
  const { services, identity } = context;
  const id = await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    const locked = isUuid(toolId) ? await lockTool(connection, toolId, identity.tenantId) : null;
    if (!locked) throw new InterlockError('not_found', 'Tool not found.');
    const row = await mustReadWhich(connection, toolId, trialId);
    refuseEnded(row);
    if (locked.trial?.id !== row.id || locked.current_version !== row.baseline)
      throw new InterlockError('conflict', 'The tool was changed meanwhile. Load it again.');
    const { change, type, data } = await decide(connection, row);
    await updateTrial(connection, row.id, change);
    await tell(connection, context, {
      type,
      subjectType: 'tool',
      subjectId: toolId,
      data: { name: locked.name, trialId: row.id, ...data },
    });
    return row.id;
  });
  return readComparedTrial(context, toolId, id);
}

const endedWords: Record<Exclude<TrialStatus, 'running'>, string> = {
  promoted: 'promoted',
  stopped: 'stopped',
  stopped_automatically: 'stopped',
};

function refuseEnded({ status, ended_by_name: by }: TrialRow): void {
  if (status === 'running') return;
  throw new InterlockError(
    'conflict',
    `This trial was ${endedWords[status]} by ${by} already. Nothing was changed.`,
  );
}

export const endedBy = ({ type, id, name }: Actor) => ({
  ended_by_type: type,
  ended_by_id: id,
  ended_by_name: name,
  ended_at: new Date(),
});

/** How many of the calls get the candidate, from the next call on. @throws InterlockError `not_found` or `conflict` */
export function setPercent(
  context: ChangeContext,
  toolId: string,
  { trialId, percent }: { trialId?: string | undefined; percent: number },
): Promise<ComparedTrial> {
  return changeTrial(context, toolId, trialId, async (connection, row) => {
    const { id, baseline, candidate, sticky_by: stickyBy } = row;
    await setTrial(connection, toolId, { id, baseline, candidate, percent, stickyBy });
    return { change: { percent }, type: 'TrialChanged', data: { percent, before: row.percent } };
  });
}

/** All calls get the current version again. @throws InterlockError `not_found` or `conflict` */
export async function stopTrial(
  context: ChangeContext<{ written: WrittenText }>,
  toolId: string,
  { trialId, reason }: { trialId?: string | undefined; reason?: string | undefined },
): Promise<ComparedTrial> {
  const { services, identity } = context;
  const note = reason ? await services.written.note(identity.tenantId, reason) : null;
  return changeTrial(context, toolId, trialId, async (connection, row) => {
    await setTrial(connection, toolId, null);
    return {
      change: { status: 'stopped', reason: note, ...endedBy(identity.actor) },
      type: 'TrialStopped',
      data: { candidate: row.candidate, ...(note !== null && { reason: note }) },
    };
  });
}

/** The candidate becomes the current version. @throws InterlockError `not_found` or `conflict` */
export function promoteTrial(
  context: ChangeContext,
  toolId: string,
  trialId: string | undefined,
): Promise<ComparedTrial> {
  const { identity } = context;
  const ownerId = identity.tenantId;
  return changeTrial(context, toolId, trialId, async (connection, { baseline, candidate: version }) => {
    const before = await readOwnedVersion(connection, toolId, ownerId, baseline);
    const after = await readOwnedVersion(connection, toolId, ownerId, version);
    const definition = storedDefinition(after);
    await makeCurrent(connection, { toolId, ownerId, definition }, version);
    const changes = diffDefinitions(resolveVersion(before), resolveVersion(after));
    await tell(connection, context, {
      type: 'ToolUpdated',
      subjectType: 'tool',
      subjectId: toolId,
      data: { name: definition.name, version, changed: changes.map(({ path }) => path) },
    });
    return {
      change: { status: 'promoted', ...endedBy(identity.actor) },
      type: 'TrialPromoted',
      data: { version, before: baseline },
    };
  });
}
