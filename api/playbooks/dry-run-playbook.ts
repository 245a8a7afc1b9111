import { z } from 'zod';
import { dryRunSchema } from '../../shared/playbooks/playbook-schemas.ts';
import { dryRunPlaybook as dryRun } from '../../shared/playbooks/server/dry-run-playbook.ts';
import { anyObject, payloadOf } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const dryRunPlaybook = procedure('playbooks.write', {
  method: 'POST',
  path: '/api/playbooks/dry-run',
  summary: 'Simulate a run of a document on an exception; nothing is called or stored',
  tags: ['playbooks'],
})
  .input(
    z.object({
      document: anyObject,
      exceptionId: z.string().optional(),
      input: z.unknown().optional(),
      /** How people would complete each step: step id to outcome and output. */
      answers: z
        .record(z.string(), z.object({ outcome: z.string().optional(), output: z.unknown().optional() }))
        .default({}),
    }),
  )
  .output(dryRunSchema)
  .mutation(({ ctx, input }) => dryRun(ctx, { ...input, input: payloadOf(input.input) }));
