import { isArtifactReference } from '../../../../artifacts/artifact-references.ts';
import { maxArtifactBytes } from '../../../../artifacts/artifact-schemas.ts';
import type { ArtifactStore } from '../../../../artifacts/server/artifact-store.ts';
import { InterlockError } from '../../../../platform/error-codes.ts';
import type { EgressResponse } from '../../../../platform/server/egress/egress.ts';
import type { CallContext, CallResult } from '../../../server/provider.ts';
import type { RenderedRequest } from '../../rendered-request.ts';
import { filesOf } from '../files.ts';
import { RequestBodyError } from './request-body.ts';

const noFiles: ReadonlyMap<string, Buffer> = new Map();

/**
 * The bytes of the files that a request names, by their ids. The files must be those that the preview has shown.
 * @throws RequestBodyError
 */
export async function filesToSend(
  store: ArtifactStore,
  { body, bodyType }: RenderedRequest,
  { tenantId, executionId }: CallContext,
): Promise<ReadonlyMap<string, Buffer>> {
  const named = filesOf(bodyType, body);
  if (named.length === 0) return noFiles;
  const files = new Map<string, Buffer>();
  let total = 0;
  for (const [, value] of named) {
    if (!isArtifactReference(value)) throw new RequestBodyError('A file does not say what it is');
    const { artifact: id, sha256, bytes } = value;
    if (files.has(id)) continue;
    total += bytes;
    if (total > maxArtifactBytes)
      throw new RequestBodyError(`The files of a request have at most ${maxArtifactBytes} bytes together`);
    const found = await store.read(tenantId, id, executionId).catch(notSent);
    if (!found)
      throw new RequestBodyError(
        'The file was not found: it was removed, or belongs to another organization. Nothing was sent',
      );
    if (found.artifact.sha256 !== sha256 || found.artifact.bytes !== bytes)
      throw new RequestBodyError(
        'The stored file is not the one that the payload describes: size or digest differ. Nothing was sent',
      );
    files.set(id, found.content);
  }
  return files;
}

function notSent(error: unknown): never {
  if (!(error instanceof InterlockError && error.code === 'unavailable')) throw error;
  throw new RequestBodyError(`${error.message} Nothing was sent`, true);
}

/**
 * Stores the body of a response as a file; the output says which. A body with a secret of the call is not stored, because
 * nothing in a file is redacted.
 */
export async function storeResponse(
  store: ArtifactStore,
  { url }: RenderedRequest,
  { body, headers, status }: EgressResponse,
  { tenantId, executionId, secrets }: Pick<CallContext, 'tenantId' | 'executionId'> & { secrets: string[] },
): Promise<CallResult> {
  const failed = (message: string): CallResult => ({
    ok: false,
    code: 'invalid_output',
    message,
    httpStatus: status,
    sent: 'responded',
    transient: false,
  });
  if (secrets.some((each) => each !== '' && body.includes(each)))
    return failed('The response contains the credential of the tool, so it was not stored');
  const disposition = [headers['content-disposition']].flat()[0];
  const contentType = mediaTypeOf([headers['content-type']].flat()[0]);
  try {
    const { reference } = await store.put(
      tenantId,
      { name: nameOf(disposition, url), contentType, content: body },
      { actor: { type: 'system', id: 'worker', name: 'Interlock' }, executionId },
    );
    return { ok: true, output: reference, httpStatus: status };
  } catch (error) {
    if (error instanceof InterlockError && error.code === 'payload_too_large') return failed(error.message);
    throw error;
  }
}

function mediaTypeOf(contentType: string | undefined): string {
  const type = (contentType ?? '').split(';')[0]!.trim().toLowerCase();
  return /^[\w!#$&^.+-]{1,64}\/[\w!#$&^.+-]{1,127}$/.test(type) ? type : 'application/octet-stream';
}

/** As the provider names it, else the end of the path if that looks like a file. */
function nameOf(disposition: string | undefined, url: string): string {
  const header = (disposition ?? '').slice(0, 1_000);
  const encoded = /filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(header)?.[1];
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(header);
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  const candidates = [
    decoded(encoded),
    plain?.[1] ?? plain?.[2],
    last.includes('.') ? decoded(last) : undefined,
  ];
  for (const each of candidates) {
    const name = (each ?? '')
      .split(/[/\\]/)
      .at(-1)!
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
      .replace(/[\u0000-\u001f\u007f]/g, '')
      .toWellFormed()
      .trim()
      .slice(0, 200)
      .toWellFormed();
    if (name !== '' && name !== '.' && name !== '..') return name;
  }
  return 'download';
}

function decoded(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
