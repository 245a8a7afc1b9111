import type { ChangeContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import { fromBase64 } from '../../platform/base64.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { Artifact, NewArtifact } from '../artifact-schemas.ts';
import type { ArtifactStore } from './artifact-store.ts';

/** Stores a file that executions can send. @throws InterlockError `payload_too_large`, `invalid_input` */
export async function uploadArtifact(
  context: ChangeContext<{ artifacts: ArtifactStore }>,
  { name, contentType, data }: NewArtifact,
): Promise<Artifact> {
  const { services, identity } = context;
  const content = fromBase64(data);
  if (content === null)
    throw new InterlockError('invalid_input', 'The file cannot be read. Nothing was stored.', {
      issues: [{ path: '/data', message: 'must be base64 text', keyword: 'base64' }],
    });
  return services.artifacts.put(
    identity.tenantId,
    { name, contentType, content },
    {
      actor: identity.actor,
      onNew: (connection, { id, bytes, sha256 }) =>
        tell(connection, context, {
          type: 'ArtifactUploaded',
          subjectType: 'artifact',
          subjectId: id,
          data: { contentType, bytes, sha256 },
        }),
    },
  );
}
