import { createHmac } from 'node:crypto';
import type { GroupKey } from '../../db/inbound-groups.ts';
import type { ActionContext } from './action.ts';

/** What is stored of a `groupBy` key. It cannot be tried without the secret of the deployment. */
export function groupOf(
  { services, webhookId }: Pick<ActionContext, 'services' | 'webhookId'>,
  key: string,
): GroupKey {
  const digest = createHmac('sha256', services.environment.INTERLOCK_AUTH_SECRET)
    .update(`inbound-group/${webhookId}/${key}`)
    .digest('base64url');
  return { webhookId, digest };
}
