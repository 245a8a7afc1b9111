import { sendEventInputSchema, sentEventSchema } from '../../shared/playbooks/run-schemas.ts';
import { optionalJson } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const sendEvent = procedure('runs.control', {
  method: 'POST',
  path: '/api/playbook-runs/{id}/events',
  summary: 'Send an event to a run; wait steps listen for it',
  tags: ['playbook runs'],
})
  .input(sendEventInputSchema)
  .output(sentEventSchema)
  .mutation(({ ctx, input: { id, data, ...event } }) =>
    ctx.services.runs.sendEvent(ctx, { ...event, runId: id, data: optionalJson(data) ?? null }),
  );
