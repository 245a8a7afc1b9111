import { listApprovals } from '../../executions/db/executions-approval.ts';
import { refusedByApproval, refusedByPerson } from '../../executions/server/approval-rules.ts';
import { askedOf, decideOnce } from '../../executions/server/decide-execution.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { createFewAtOnce } from '../../platform/server/few-at-once.ts';
import type { AskedDecision, DecidedItem, DecisionsPreview, LeftUndecided } from '../bulk-schemas.ts';
import { eachItem, mostShownBytes } from './bulk-steps.ts';
import { executionItems } from './execution-items.ts';
import type { RunChange, RunRead } from './run-context.ts';

/** What has not begun after this time is left for the next request. */
const deadlineMs = 25_000;

const decisions = createFewAtOnce(4, 'decisions about many executions');

interface Ref {
  id: string;
}

/** What deciding these executions would do: the exact request of each, and why the others are left out. Changes nothing. */
export function previewDecisions(
  { services, identity }: RunRead,
  { items }: { items: readonly Ref[] },
): Promise<DecisionsPreview> {
  return services.db.tenant(identity.tenantId, async (connection) => {
    const ids = items.map(({ id }) => id).filter(isUuid);
    const found = await listApprovals(connection, ids, mostShownBytes);
    const rows = new Map(found.map((row) => [row.id, row]));
    const listed = await executionItems(connection, [...rows.values()]);
    const shown = items.map(({ id }): AskedDecision | LeftUndecided => {
      const [row, item] = [rows.get(id), listed.get(id)];
      if (!row || !item)
        return { id, toolTitle: null, exception: null, why: 'not_found', message: 'Execution not found.' };
      const { approval } = row;
      const about = { id, toolTitle: row.tool_title, exception: item.exception };
      const ended = refusedByApproval(row, approval, row.approval_over);
      if (ended) return { ...about, why: 'ended', message: ended.message };
      const refused = refusedByPerson(row, approval, identity);
      if (refused) return { ...about, why: 'not_allowed', message: refused.message };
      const { request } = approval;
      if (request === null)
        return {
          ...about,
          why: 'by_itself',
          message: 'Its request is too large for this list. Decide it by itself.',
        };
      return { ...item, digest: askedOf(services.digest, id, { ...approval, request }), request };
    });
    return {
      items: shown.filter((each): each is AskedDecision => 'digest' in each),
      leftOut: shown.filter((each): each is LeftUndecided => 'why' in each),
    };
  });
}

/**
 * Records the vote of a person about each execution, as a vote about it alone: with its own right, under the lock of its row, with
 * its own events. Sent again with the same `requestId`, it decides those that are left, and counts no vote twice.
 * @returns what became of each
 */
export async function decideExecutions(
  context: RunChange,
  {
    items,
    outcome,
    reason = null,
    requestId,
  }: {
    items: readonly (Ref & { digest: string })[];
    outcome: 'approved' | 'rejected';
    reason?: string | null | undefined;
    requestId: string;
  },
): Promise<DecidedItem[]> {
  const { services, identity } = context;
  const end = decisions.begin(identity.tenantId);
  const intent = services.digest('idempotency', ['decision', requestId, outcome, reason]);
  const began = performance.now();
  try {
    return await eachItem(
      items,
      ({ id }) => ({ id }),
      ({ id, digest }) => {
        if (performance.now() - began > deadlineMs)
          throw new InterlockError('unavailable', 'Nothing was done: the others took long. Send it again.');
        return decideOnce(services, {
          identity,
          executionId: id,
          outcome,
          reason,
          requestId: context.requestId,
          together: { shown: digest, intent },
        });
      },
      async ({ id }, { code, message }) => {
        if (code === 'preview_changed') return { result: 'changed' };
        if (code !== 'conflict') return {};
        const [row] = await services.db.tenant(identity.tenantId, (connection) =>
          listApprovals(connection, [id]),
        );
        if (row?.approval_status !== 'approved' && row?.approval_status !== 'rejected') return {};
        return { result: 'already_done', by: row.approval.votes.at(-1)?.actor_name ?? null, message };
      },
    );
  } finally {
    end();
  }
}
