import { filesPlanSchema, maxFilesLength, planFilesSchema } from '../../shared/files/file-schemas.ts';
import { planFiles as plan } from '../../shared/files/server/plan-files.ts';
import { procedure } from '../trpc.ts';

export const planFiles = procedure('tools.write', {
  method: 'POST',
  path: '/api/files/plan',
  summary: 'Say what applying files would change and break; it changes nothing',
  tags: ['files'],
  bodyLimit: maxFilesLength,
  errors: [413],
})
  .input(planFilesSchema)
  .output(filesPlanSchema)
  .mutation(async ({ ctx, input }) => (await plan(ctx, input, { impact: true })).plan);
