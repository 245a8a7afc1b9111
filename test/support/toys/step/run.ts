import type { StepRunner } from '../../../../shared/playbooks/server/step-runner.ts';
import { asText } from '../../../../shared/tools/template.ts';
import type { ToyStep } from './definition.ts';

export const toy: StepRunner<ToyStep> = {
  open: async (_, { values }) => ({
    change: { status: 'waiting', detail: { message: asText(values['/question'] ?? '') } },
  }),
  complete: (_, { completion }) => ({ change: { status: 'completed', output: completion.input } }),
  view: (_, { row }) => ({ output: row.output ?? row.detail.message }),
  async dryRun(_, { who, resolve }) {
    const { value } = await resolve('/question');
    return { result: 'would_wait', message: `Asks ${who}: ${asText(value ?? '')}` };
  },
};
