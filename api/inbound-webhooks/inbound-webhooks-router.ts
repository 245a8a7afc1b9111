import { router } from '../trpc.ts';
import { archiveInboundWebhook } from './archive-inbound-webhook.ts';
import { createInboundWebhook } from './create-inbound-webhook.ts';
import { getInboundDelivery } from './get-inbound-delivery.ts';
import { getInboundWebhook } from './get-inbound-webhook.ts';
import { listInboundDeliveries } from './list-inbound-deliveries.ts';
import { listInboundTemplates } from './list-inbound-templates.ts';
import { listInboundWebhooks } from './list-inbound-webhooks.ts';
import { redeliverInbound } from './redeliver-inbound.ts';
import { rotateInboundSecret } from './rotate-inbound-secret.ts';
import { testInboundWebhook } from './test-inbound-webhook.ts';
import { tryActions } from './try-actions.ts';
import { unarchiveInboundWebhook } from './unarchive-inbound-webhook.ts';
import { updateInboundWebhook } from './update-inbound-webhook.ts';

export const inboundWebhooksRouter = router({
  list: listInboundWebhooks,
  get: getInboundWebhook,
  create: createInboundWebhook,
  update: updateInboundWebhook,
  archive: archiveInboundWebhook,
  unarchive: unarchiveInboundWebhook,
  rotateSecret: rotateInboundSecret,
  test: testInboundWebhook,
  try: tryActions,
  templates: listInboundTemplates,
  deliveries: listInboundDeliveries,
  delivery: getInboundDelivery,
  redeliver: redeliverInbound,
});
