import { exportedFilesSchema } from '../../shared/files/file-schemas.ts';
import { exportFiles as read } from '../../shared/files/server/export-files.ts';
import { procedure } from '../trpc.ts';

// Files name credentials.
export const exportFiles = procedure('credentials.read', {
  method: 'GET',
  path: '/api/files',
  summary: 'Get the tools, connectors, playbooks and domains of the organization as files',
  tags: ['files'],
})
  .output(exportedFilesSchema)
  .query(({ ctx }) => read(ctx));
