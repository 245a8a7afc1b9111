import { complianceCases } from './cases-acme-compliance.ts';
import { paymentCases } from './cases-acme-payments.ts';
import { serviceCases } from './cases-acme-services.ts';
import { globexCases } from './cases-globex.ts';
import type { DemoCase } from './demo-case.ts';
import type { DemoRecords } from './demo-records.ts';

/** Both desks on an ordinary day. */
export function demoCases(records: DemoRecords): DemoCase[] {
  return [...paymentCases(records), ...complianceCases(records), ...serviceCases, ...globexCases(records)];
}
