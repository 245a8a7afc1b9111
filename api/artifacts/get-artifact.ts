import { z } from 'zod';
import { artifactSchema } from '../../shared/artifacts/artifact-schemas.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { procedure } from '../trpc.ts';

export const getArtifact = procedure('executions.read', {
  method: 'GET',
  path: '/api/artifacts/{id}',
  summary: 'A file: its name, type, size and digest',
  tags: ['artifacts'],
})
  .input(z.object({ id: z.string() }))
  .output(artifactSchema)
  .query(async ({ ctx: { services, identity }, input: { id } }) => {
    const artifact = await services.artifacts.get(identity.tenantId, id);
    if (!artifact) throw new InterlockError('not_found', 'File not found.');
    return artifact;
  });
