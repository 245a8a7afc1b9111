import type { JsonValue } from '../../platform/json.ts';
import type { InboundAction } from '../inbound-actions.ts';
import type { TriedAction, TriedActions, TryActionsInput } from '../inbound-schemas.ts';
import type { OpenedException } from './actions/action.ts';
import { checkActions } from './check-actions.ts';
import { readOneInboundDelivery } from './inbound-delivery-service.ts';
import type { InboundRead } from './inbound-services.ts';
import { type DeliveryScope, type PlannedAction, planAction, prepare } from './plan-actions.ts';

/** What later actions see of an exception that would be opened. */
const wouldBeOpened: OpenedException = {
  id: '00000000-0000-0000-0000-000000000000',
  number: 0,
  isNew: true,
  count: 1,
};

/**
 * What actions would do with a body. Nothing is changed, and nothing is looked up: whether a playbook exists or a policy
 * allows a call is known only when it is done.
 * @throws InterlockError `not_found` for the delivery
 */
export async function tryActions(context: InboundRead, input: TryActionsInput): Promise<TriedActions> {
  const { tenantId } = context.identity;
  const { actions, issues } = await checkActions(input.actions, tenantId);
  if (issues.length > 0) return { issues, results: [] };
  const scope = await scopeOf(context, input);
  const results: TriedAction[] = [];
  const opened = new Map<number | null, OpenedException>();
  for (const [index, definition] of actions.entries()) {
    const planned = await planAction(definition, index, scope, tenantId);
    if ('failed' in planned) {
      results.push(tried({ action: index, item: null, definition }, 'failed', planned.failed));
      continue;
    }
    for (const each of planned) {
      const prepared = await prepare(each, opened.get(each.item) ?? opened.get(null) ?? null, tenantId);
      if ('skipped' in prepared) results.push(tried(each, 'skipped', prepared.skipped));
      else if ('failed' in prepared) results.push(tried(each, 'failed', prepared.failed));
      else {
        results.push({ ...tried(each, 'would_run', null), values: prepared.ready.values });
        if (definition.do === 'open_exception') opened.set(each.item, wouldBeOpened);
      }
    }
  }
  return { issues, results };
}

/** A delivery counts as it is shown: what is redacted there is so here. */
async function scopeOf(context: InboundRead, input: TryActionsInput): Promise<DeliveryScope> {
  const delivery =
    input.deliveryId === undefined ? null : await readOneInboundDelivery(context, input.deliveryId);
  const headers = Object.entries(input.headers ?? delivery?.headers ?? {});
  return {
    body: (input.body ?? delivery?.body ?? null) as JsonValue,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
  };
}

const tried = (
  { action, item, definition }: Pick<PlannedAction, 'action' | 'item'> & { definition: InboundAction },
  status: TriedAction['status'],
  message: string | null,
): TriedAction => ({ action, item, do: definition.do, status, message, values: null });
