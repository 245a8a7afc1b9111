import { applyFilesSchema, filesResultSchema, maxFilesLength } from '../../shared/files/file-schemas.ts';
import { applyFiles as apply } from '../../shared/files/server/apply-files.ts';
import { procedure } from '../trpc.ts';

export const applyFiles = procedure('tools.write', {
  method: 'POST',
  path: '/api/files/apply',
  summary: 'Make the organization as a plan of files says, all of it or nothing',
  tags: ['files'],
  bodyLimit: maxFilesLength,
  errors: [409, 412, 413],
})
  .input(applyFilesSchema)
  .output(filesResultSchema)
  .mutation(({ ctx, input }) => apply(ctx, input));
