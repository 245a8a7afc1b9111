import { router } from '../trpc.ts';
import { createArtifact } from './create-artifact.ts';
import { getArtifact } from './get-artifact.ts';

export const artifactsRouter = router({
  create: createArtifact,
  get: getArtifact,
});
