import { isArtifactReference, meansArtifact } from '../../../artifacts/artifact-references.ts';
import type { Issue } from '../../../platform/error-codes.ts';
import type { JsonValue } from '../../../platform/json.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import type { HttpConfig } from './config.ts';

/** Problems of a tool whose response is stored as a file. */
export function checkFileResponse({
  responseType,
  method,
  stream,
  pagination,
  transform,
}: HttpConfig): Issue[] {
  if (responseType !== 'file') return [];
  const issue = (field: string, message: string): Issue => ({
    path: pointer('/config', field),
    message,
    keyword: 'file',
  });
  return [
    ...(method === 'HEAD' ? [issue('responseType', 'The response of a HEAD has no body to store')] : []),
    ...(stream === undefined ? [] : [issue('stream', 'A response that is stored as a file is not streamed')]),
    ...(pagination === undefined ? [] : [issue('pagination', 'Pages are JSON, not a file')]),
    ...(transform === undefined
      ? []
      : [issue('transform', 'A file has no transform: the output is its name, type, size and digest')]),
  ];
}

/** Files of a body that do not say what they are, at their places in the body. The preview shows all of it. */
export function fileIssues(
  bodyType: string,
  body: JsonValue,
  pathOf: (steps: (string | number)[]) => string,
): Issue[] {
  return filesOf(bodyType, body).flatMap(([steps, value]) =>
    isArtifactReference(value)
      ? []
      : [
          {
            path: pathOf(steps),
            message:
              'must say artifact, name, contentType, bytes and sha256 of a file, as POST /api/artifacts returns them in reference',
            keyword: 'file',
          },
        ],
  );
}

/** The values of a body that mean a stored file, with where they are: the body itself, or a field of a multipart form. */
export function filesOf(
  bodyType: string | undefined,
  body: JsonValue | undefined,
): [(string | number)[], JsonValue][] {
  if (body === undefined || (bodyType !== 'binary' && bodyType !== 'multipart')) return [];
  if (bodyType === 'binary') return meansArtifact(body) ? [[[], body]] : [];
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return [];
  return Object.entries(body).flatMap(([name, field]) =>
    (Array.isArray(field) ? [...field.entries()] : ([[null, field]] as const)).flatMap(
      ([index, each]): [(string | number)[], JsonValue][] =>
        meansArtifact(each) ? [[index === null ? [name] : [name, index], each as JsonValue]] : [],
    ),
  );
}
