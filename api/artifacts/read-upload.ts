import { InterlockError } from '../../shared/platform/error-codes.ts';

/**
 * An upload that is no JSON: the body is the file, or one part of it is (`multipart/form-data`).
 * @returns the input of the operation, apart from what the query says
 * @throws InterlockError `bad_request`
 */
export async function readUpload(body: Buffer, contentType = ''): Promise<Record<string, unknown>> {
  if (!/^multipart\/form-data\b/i.test(contentType)) {
    const type = contentType.split(';')[0]!.trim().toLowerCase();
    return { ...(type !== '' && { contentType: type }), data: body.toString('base64') };
  }
  const files = [...(await formOf(body, contentType)).values()].filter((each) => typeof each !== 'string');
  const [file] = files;
  if (!file || files.length > 1)
    throw new InterlockError(
      'bad_request',
      `The form has ${files.length} files. Send exactly one in a request. Nothing was stored.`,
    );
  const type = file.type.split(';')[0]!.trim().toLowerCase();
  return {
    ...(file.name !== '' && { name: file.name }),
    ...(type !== '' && { contentType: type }),
    data: Buffer.from(await file.arrayBuffer()).toString('base64'),
  };
}

async function formOf(body: Buffer, contentType: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new InterlockError('bad_request', 'The form cannot be read. Nothing was stored.');
  }
}
