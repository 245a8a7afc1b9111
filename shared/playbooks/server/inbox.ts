import { hasRole, type Identity, roles } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { listInbox } from '../db/step-runs.ts';
import { allSteps } from '../playbook-document.ts';
import type { InboxItem } from '../playbook-schemas.ts';
import { loadWholeRun } from './load-runs.ts';
import { toStepView, type WholeRun } from './run-view.ts';

/** Of the last item of a page; `dueAt` is `infinity` for steps without a due time. */
export interface InboxPosition {
  dueAt: string;
  id: string;
}

export interface InboxFilter {
  scope: 'mine' | 'roles' | 'all';
  after: InboxPosition | null;
  limit: number;
}

/** Every role that the identity has or is implied to have. */
export const rolesOf = (identity: Pick<Identity, 'roles'>): string[] =>
  roles.filter((role) => hasRole(identity.roles, role));

/** Steps that wait for people, by due time, as this identity sees them. */
export async function readInbox(
  connection: TenantConnection,
  identity: Identity,
  { scope, after, limit }: InboxFilter,
): Promise<{ items: InboxItem[]; next: InboxPosition | null }> {
  const mine = {
    actorId: identity.actor.id,
    person: identity.person,
    roles: scope === 'roles' ? rolesOf(identity) : [],
  };
  const rows = await listInbox(connection, {
    mine: scope === 'all' ? null : mine,
    after,
    limit: limit + 1,
  });
  const runs = new Map<string, WholeRun>();
  const items: InboxItem[] = [];
  for (const row of rows.slice(0, limit)) {
    const whole = runs.get(row.run_id) ?? (await loadWholeRun(connection, row.run_id));
    runs.set(row.run_id, whole);
    const placed = allSteps(whole.document);
    const { run } = whole;
    items.push({
      step: toStepView(whole, placed.find(({ step }) => step.id === row.step_id)!, row, identity),
      run: {
        id: run.id,
        playbookTitle: run.playbook_title,
        playbookVersion: run.playbook_version,
        startedBy: { type: run.started_by_type, id: run.started_by_id, name: run.started_by_name },
        paused: run.paused_at !== null,
        total: placed.length,
      },
      exception: whole.exception,
    });
  }
  const last = rows.length > limit ? rows[limit - 1]! : null;
  return { items, next: last && { dueAt: last.due_at?.toISOString() ?? 'infinity', id: last.id } };
}
