/** Which files may be attached, by their first bytes. */

export interface Kind {
  contentType: string;
  /** Endings of names. */
  endings: readonly string[];
  /** What a browser may show as an image. */
  image?: true;
}

const png: Kind = { contentType: 'image/png', endings: ['png'], image: true };
const jpeg: Kind = { contentType: 'image/jpeg', endings: ['jpg', 'jpeg'], image: true };
const gif: Kind = { contentType: 'image/gif', endings: ['gif'], image: true };
const webp: Kind = { contentType: 'image/webp', endings: ['webp'], image: true };
const pdf: Kind = { contentType: 'application/pdf', endings: ['pdf'] };
const csv: Kind = { contentType: 'text/csv', endings: ['csv'] };
const json: Kind = { contentType: 'application/json', endings: ['json'] };
const plain: Kind = { contentType: 'text/plain', endings: ['txt', 'log', 'md'] };
const zip: Kind = { contentType: 'application/zip', endings: ['zip'] };
const office = 'application/vnd.openxmlformats-officedocument';
const docx: Kind = { contentType: `${office}.wordprocessingml.document`, endings: ['docx'] };
const xlsx: Kind = { contentType: `${office}.spreadsheetml.sheet`, endings: ['xlsx'] };
const pptx: Kind = { contentType: `${office}.presentationml.presentation`, endings: ['pptx'] };

const kinds = [png, jpeg, gif, webp, pdf, csv, json, plain, zip, docx, xlsx, pptx];
const texts = [csv, json, plain];

export const isPreviewed = (contentType: string): boolean =>
  kinds.some((kind) => kind.image && kind.contentType === contentType);

const begins = (content: Buffer, text: string, at = 0): boolean =>
  content.subarray(at, at + text.length).equals(Buffer.from(text, 'latin1'));

const head = 4_096;

/** What a file is; a text for people when it may not be attached. */
export function attachmentKind(
  content: Buffer,
  name: string,
  sent: string,
): { contentType: string } | { refused: string } {
  const declared = sent.toLowerCase();
  const found = read(content);
  if ('refused' in found) return found;
  if (name.trim() === '') return { refused: 'The file needs a name.' };
  if (reordering.test(name))
    return { refused: 'The name of the file has characters that change the order of the others.' };
  const ending = endingOf(name);
  const byName = kinds.find(({ endings }) => ending !== undefined && endings.includes(ending));
  if (ending !== undefined && !byName)
    return { refused: `Files whose name ends in .${ending} cannot be attached. ${allowed}` };
  const byType = kinds.find(({ contentType }) => contentType === declared);
  // Browsers and callers that do not know the type say one of these.
  if (
    !byType &&
    !/^(?:application\/octet-stream|text\/.*|application\/(?:vnd\.ms-excel|x-zip-compressed))$/.test(declared)
  )
    return { refused: `Files of the type ${declared} cannot be attached. ${allowed}` };
  const claims = [byName, byType].filter((kind) => kind !== undefined);
  const isText = found.kind === plain;
  const wrong = claims.find((kind) => (isText ? !texts.includes(kind) : kind !== found.kind));
  if (wrong || /^text\/(?!csv$|plain$)/.test(declared))
    return {
      refused: `The file says that it is ${wrong?.contentType ?? declared}, but its content is ${found.kind.contentType}. ${allowed}`,
    };
  const kind = isText ? (byName ?? byType ?? plain) : found.kind;
  if (
    kind === json &&
    !/^\s*[[{"\dtfn-]/.test(
      content
        .subarray(0, head)
        .toString('latin1')
        .replace(/^\u00ef\u00bb\u00bf/, ''),
    )
  )
    return { refused: `The file says that it is JSON, but it does not begin like it. ${allowed}` };
  return { contentType: kind.contentType };
}

/** With them, a name that ends in exe is shown as one that ends in txt. */
const reordering = /[\u202a-\u202e\u2066-\u2069]/;

/** As a desktop reads it: without dots and spaces at the end, and without what cannot be seen. A number is none. */
function endingOf(name: string): string | undefined {
  const read = name.replaceAll(/\p{Cf}/gu, '').replace(/[.\s]+$/, '');
  const ending = /\.([^.\s]+)$/.exec(read)?.[1]?.toLowerCase();
  return ending === undefined || /^\d+$/.test(ending) ? undefined : ending;
}

const allowed =
  'Attach a PNG, JPEG, GIF or WebP image, a PDF, text (.txt, .log, .md, .csv, .json), a ZIP, or an Office file without macros (.docx, .xlsx, .pptx).';

function read(content: Buffer): { kind: Kind } | { refused: string } {
  if (content.length === 0) return { refused: 'The file is empty.' };
  if (begins(content, '\x89PNG\r\n\x1a\n')) return { kind: png };
  if (begins(content, '\xff\xd8\xff')) return { kind: jpeg };
  if (begins(content, 'GIF87a') || begins(content, 'GIF89a')) return { kind: gif };
  if (begins(content, 'RIFF') && begins(content, 'WEBP', 8)) return { kind: webp };
  if (begins(content, '%PDF-')) return { kind: pdf };
  if (begins(content, 'PK\x03\x04')) return readZip(content);
  return readText(content);
}

/** The names of its parts are plain text, in front of each and at the end. */
function readZip(content: Buffer): { kind: Kind } | { refused: string } {
  const has = (part: string) => content.includes(part, 0, 'latin1');
  if (has('vbaProject.bin')) return { refused: `Files with macros cannot be attached. ${allowed}` };
  if (has('META-INF/MANIFEST.MF') || has('AndroidManifest.xml'))
    return { refused: `Programs cannot be attached. ${allowed}` };
  if (!has('[Content_Types].xml')) return { kind: zip };
  if (has('word/document')) return { kind: docx };
  if (has('xl/workbook')) return { kind: xlsx };
  if (has('ppt/presentation')) return { kind: pptx };
  return { kind: zip };
}

/** Also text that is not UTF-8: what Excel writes as CSV is not. */
function readText(content: Buffer): { kind: Kind } | { refused: string } {
  const start = content.subarray(0, head).toString('latin1');
  // MZ: a program of Windows, whose first bytes may look like text.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (content.includes(0) || /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(start) || /^MZ/.test(start))
    return { refused: `The kind of this file is not known, or it is a program. ${allowed}` };
  const begin = start.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  if (begin.startsWith('#!')) return { refused: `Programs cannot be attached. ${allowed}` };
  if (begin.startsWith('<') || /<(?:!doctype|html|script|svg|iframe)\b/i.test(start))
    return { refused: `Pages and drawings (HTML, SVG, XML) cannot be attached. ${allowed}` };
  return { kind: plain };
}
