import { acme } from './people.ts';
import type { RestClient } from './rest-client.ts';

/** Shared views of lists, and what they show. */
const demoViews: readonly { list: string; name: string; filters: Record<string, string> }[] = [
  { list: 'executions', name: 'Outcome unknown', filters: { failureCode: 'outcome_unknown' } },
  { list: 'executions', name: 'Waiting for approval', filters: { approval: 'waiting' } },
  { list: 'exceptions', name: 'Critical, no one on it', filters: { severity: 'critical', assignee: 'none' } },
  { list: 'tools', name: 'Disabled tools', filters: { status: 'disabled' } },
];

/** Those that are missing; existing ones are left alone. */
export async function ensureViews(admins: Record<typeof acme, RestClient>): Promise<void> {
  const admin = admins[acme];
  const { items } = await admin.call<{ items: { list: string; name: string }[] }>('GET', '/api/saved-views');
  for (const view of demoViews)
    if (!items.some(({ list, name }) => list === view.list && name === view.name))
      await admin.call('POST', '/api/saved-views', { ...view, shared: true });
}
