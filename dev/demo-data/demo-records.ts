import { demoCredentials } from '../demo-services/credentials.ts';
import type { Fault, FaultInput } from '../demo-services/faults.ts';
import type { Payment, Shipment } from '../demo-services/records.ts';

/** The records of the demo services, and a way to make a call fail. */
export interface DemoRecords {
  payments: Payment[];
  shipments: Shipment[];
  customerIds: string[];
  provoke(fault: FaultInput): Promise<Fault>;
}

/** The item at `index` among those that match; any item when none matches. */
export function pick<T>(all: readonly T[], matches: (item: T) => boolean, index: number): T {
  const matching = all.filter(matches);
  const from = matching.length > 0 ? matching : all;
  const found = from[index % from.length];
  if (!found) throw new Error('The demo services hold no records.');
  return found;
}

export async function readDemoRecords(url: string): Promise<DemoRecords> {
  const read = async <T>(path: string, headers: Record<string, string>): Promise<T[]> => {
    const response = await fetch(`${url}${path}`, { headers });
    if (!response.ok) throw new Error(`The demo services responded ${response.status} for ${path}`);
    return ((await response.json()) as { items: T[] }).items;
  };
  const key = { 'x-api-key': demoCredentials.paymentsApiKey };
  const token = { authorization: `Bearer ${demoCredentials.shippingToken}` };
  const customers = await read<{ id: string }>('/v1/customers?limit=100', key);
  return {
    payments: await read<Payment>('/v1/payments?limit=100', key),
    shipments: await read<Shipment>('/v1/shipments', token),
    customerIds: customers.map(({ id }) => id),
    async provoke(fault) {
      const response = await fetch(`${url}/_control/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      });
      return (await response.json()) as Fault;
    },
  };
}
