import { inboundTemplateSchema } from '../../shared/inbound/inbound-schemas.ts';
import { inboundTemplates } from '../../shared/inbound/inbound-templates.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listInboundTemplates = procedure('inbound_webhooks.read', {
  method: 'GET',
  path: '/api/inbound-webhooks/templates',
  summary: 'List ready-made actions for known sources',
  tags: ['inbound webhooks'],
})
  .output(wholeList(inboundTemplateSchema))
  .query(() => ({ items: inboundTemplates, nextCursor: null }));
