import { eventually } from '../support/eventually.ts';

type Call = (path: string, body?: unknown) => Promise<{ items: { id: string }[] }>;

/** One of each that the demo data leaves to the reader, unless there is one. */
export async function prepare(call: Call): Promise<void> {
  const ensure = async (path: string, body: unknown) => {
    if ((await call(path)).items.length === 0) await call(path, body);
  };
  await ensure('/api/exception-rules', {
    name: 'Large payments',
    when: { domains: ['payments'], condition: 'exception.attributes.amount > 1000' },
    set: { severity: 'critical', assignee: { role: 'operator' }, dueIn: 'PT4H' },
  });
  await ensure('/api/inbound-webhooks', {
    name: 'Payment provider',
    scheme: 'standard',
    actions: [
      {
        do: 'open_exception',
        when: "body.type = 'payment.failed'",
        title: 'Payment ${{ body.data.id }} failed',
        groupBy: '${{ body.data.id }}',
        attributes: { paymentId: '${{ body.data.id }}' },
      },
    ],
  });
  await ensure('/api/webhooks', { url: 'https://hooks.example/interlock', eventTypes: ['StepOpened'] });
  await ensure('/api/policies', {
    name: 'Large refunds',
    effect: 'require_approval',
    tools: { category: 'payments' },
    when: 'amount > 500',
    approval: { required: 2, roles: ['approver'] },
  });
  const waiting = '/api/tools/executions?approval=waiting';
  if ((await call(waiting)).items.length > 0) return;
  const refund = (await call('/api/tools?q=refund_payment')).items[0]!.id;
  await call(`/api/tools/${refund}/execute`, {
    payload: { paymentId: 'pay_7hq2x9kmtz', amount: 612.5 },
    waitMs: 0,
  });
  await eventually(async () => (await call(waiting)).items.length > 0);
}
