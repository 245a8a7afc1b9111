import {
  type ArtifactReference,
  artifactSchema,
  maxArtifactBytes,
} from '../../shared/artifacts/artifact-schemas.ts';
import { isObject } from '../../shared/platform/schema-properties.ts';
import { said } from '../words/said.ts';
import { t } from '../words/words.ts';
import { tenantSlug } from './tenant.ts';

/** Stores a file for executions to send. @throws Error with words for people */
export async function uploadFile(file: File): Promise<ArtifactReference> {
  if (file.size > maxArtifactBytes)
    throw new Error(t`A file has at most ${maxArtifactBytes / 1_048_576} MB. It was not uploaded.`);
  const form = new FormData();
  form.append('file', file);
  const response = await fetch('/api/artifacts', {
    method: 'POST',
    headers: { 'x-tenant': tenantSlug() },
    body: form,
  }).catch(() => {
    throw new Error(t('The server is unreachable. The file was not uploaded.'));
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return artifactSchema.parse(body).reference;
  const error = isObject(body) && isObject(body.error) ? body.error.message : null;
  throw new Error(typeof error === 'string' ? said(error) : t('The file was not uploaded. Try again.'));
}

/** Where a browser downloads a stored file. */
export const fileUrl = (id: string): string =>
  `/api/artifacts/${id}/content?tenant=${encodeURIComponent(tenantSlug())}`;
