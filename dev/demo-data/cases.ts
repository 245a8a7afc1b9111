import { acmeCases } from './cases-acme.ts';
import { globexCases } from './cases-globex.ts';
import type { DemoCase } from './demo-case.ts';
import type { DemoRecords } from './demo-records.ts';

/** Both desks on an ordinary day, oldest first. */
export function demoCases(records: DemoRecords): DemoCase[] {
  return [...acmeCases(records), ...globexCases(records)];
}
