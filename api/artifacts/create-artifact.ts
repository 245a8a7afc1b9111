import {
  artifactSchema,
  maxArtifactBytes,
  newArtifactSchema,
} from '../../shared/artifacts/artifact-schemas.ts';
import { uploadArtifact } from '../../shared/artifacts/server/upload-artifact.ts';
import { procedure } from '../trpc.ts';
import { readUpload } from './read-upload.ts';

export const createArtifact = procedure('tools.execute', {
  method: 'POST',
  path: '/api/artifacts',
  summary: 'Store a file that executions can send',
  tags: ['artifacts'],
  status: 201,
  query: ['name'],
  // Base64 takes a third more.
  bodyLimit: Math.ceil(maxArtifactBytes * 1.4),
  readBytes: readUpload,
})
  .input(newArtifactSchema)
  .output(artifactSchema)
  .mutation(({ ctx, input }) => uploadArtifact(ctx, input));
