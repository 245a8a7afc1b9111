import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { runCampaign } from '../campaign/campaign.ts';
import { partKinds, planFaults } from '../campaign/plan.ts';
import { violationLines } from '../campaign/report.ts';

const dir = mkdtempSync(join(tmpdir(), 'interlock-campaign-'));
/** Kept when something was found, for its logs. */
let found: string[] | null = null;
afterAll(() => {
  if (found?.length === 0) rmSync(dir, { recursive: true, force: true });
});

test('the same seed plans the same faults, and another seed others', () => {
  const plan = planFaults(7, 60_000, partKinds);
  expect(planFaults(7, 60_000, partKinds)).toEqual(plan);
  expect(planFaults(8, 60_000, partKinds)).not.toEqual(plan);
  expect(new Set(planFaults(7, 600_000, partKinds).map(({ part }) => part))).toEqual(new Set(partKinds));
  expect(planFaults(7, 60_000, ['worker']).every(({ part }) => part === 'worker')).toBe(true);
});

test('while parts are killed, frozen and cut off, nothing is lost, doubled, stuck or shown to others', async () => {
  const log: string[] = [];
  const result = await runCampaign({
    seed: 2033,
    chaosMs: 22_000,
    parts: partKinds,
    settleMs: 180_000,
    clients: 3,
    dir,
    temporalCli: inject('servers').temporalCli,
    log: (line) => log.push(line),
  });
  found = violationLines(result.violations);
  expect(found, `${log.join('\n')}\nThe logs of every process are in ${dir}.`).toEqual([]);
  expect(result.executions).toBeGreaterThan(50);
  expect(result.rows.length).toBeGreaterThan(0);
}, 480_000);
