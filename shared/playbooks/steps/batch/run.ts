import { batchRunner, dryBatch, openWith } from '../../server/batch-step.ts';
import { resolveCalls } from '../../server/resolve-calls.ts';
import type { StepRunner } from '../../server/step-runner.ts';
import type { BatchStep } from './definition.ts';

export const batch: StepRunner<BatchStep> = {
  ...batchRunner,

  /** Nothing is called here: a person sees every request first. */
  async open({ calls }, opening) {
    return openWith(opening, await resolveCalls(calls, opening.scope, opening.run.tenant_id), '/calls');
  },

  async dryRun({ calls }, { catalog, who }) {
    const issues = calls.flatMap(({ tool }, index) => {
      const found = catalog.tool(tool);
      return found === null || found === 'no_version' || found.archived
        ? [{ path: `/calls/${index}/tool`, message: `Tool ${tool} not found`, keyword: 'tool' }]
        : [];
    });
    return { ...dryBatch(who, `${calls.length} calls`), issues };
  },
};
