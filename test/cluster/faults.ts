import { runCampaign } from '../campaign/campaign.ts';
import { partKinds } from '../campaign/plan.ts';
import { toMarkdown, violationLines } from '../campaign/report.ts';
import { startCluster } from './cluster.ts';
import type { Finding } from './finding.ts';

/** The campaign of `npm run faults` against a cluster of its own: every process of it, Temporal's services too. */
export async function runFaults(
  dir: string,
  { seconds, seed, log }: { seconds: number; seed: number; log: (line: string) => void },
): Promise<Finding> {
  const result = await runCampaign({
    seed,
    chaosMs: seconds * 1000,
    parts: partKinds,
    settleMs: 120_000,
    clients: 4,
    dir,
    log,
    start: (into, options) => startCluster(into, { ...options, gated: true }),
  });
  return {
    title: 'Faults',
    lines: [toMarkdown([result])],
    wrong: violationLines(result.violations),
  };
}
