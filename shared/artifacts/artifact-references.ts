import { isObject } from '../platform/schema-properties.ts';
import type { ArtifactReference } from './artifact-schemas.ts';

/** Whether a value means a stored file. It may say too little about it. */
export const meansArtifact = (value: unknown): value is Record<string, unknown> & { artifact: string } =>
  isObject(value) && typeof value.artifact === 'string';

export function isArtifactReference(value: unknown): value is ArtifactReference {
  return (
    meansArtifact(value) &&
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value.artifact) &&
    typeof value.name === 'string' &&
    typeof value.contentType === 'string' &&
    typeof value.bytes === 'number' &&
    /^[0-9a-f]{64}$/.test(String(value.sha256))
  );
}

const most = 50;

/** The files that a payload names, each once. */
export function artifactsIn(value: unknown): ArtifactReference[] {
  const found = new Map<string, ArtifactReference>();
  const visit = (each: unknown): void => {
    if (each === null || typeof each !== 'object' || found.size >= most) return;
    if (isArtifactReference(each)) found.set(each.artifact, each);
    else for (const inner of Object.values(each)) visit(inner);
  };
  visit(value);
  return [...found.values()];
}
