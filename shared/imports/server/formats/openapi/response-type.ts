import { entriesOf, isSwagger2, listOf, type Node, nodesOf, textOf } from './nodes.ts';

/**
 * How the successes of an operation are read, where their content types alone would leave them as text or base64: XML as
 * JSON, images, documents and archives as files. Undefined: by the content type of the response.
 */
export function responseTypeOf(
  root: Node,
  operation: Node,
): { responseType: 'xml' } | { responseType: 'file'; maxResponseBytes: number } | undefined {
  const types = mediaTypesOf(root, operation);
  if (types.length === 0) return undefined;
  if (types.every((type) => /^(?:application|text)\/(?:[\w.-]+\+)?xml$/.test(type)))
    return { responseType: 'xml' };
  return types.every((type) => files.test(type))
    ? { responseType: 'file', maxResponseBytes: 16_777_216 }
    : undefined;
}

const files =
  /^(?:(?:image|audio|video|font)\/(?!svg)[\w.+-]+|application\/(?:octet-stream|pdf|zip|gzip|x-gzip|x-tar|msword|vnd\.(?:ms-|openxmlformats-)[\w.+-]+))$/;

/** Of the responses with a 2xx status; in lower case, without parameters. */
function mediaTypesOf(root: Node, operation: Node): string[] {
  const written = isSwagger2(root)
    ? listOf(operation.produces ?? root.produces).map(textOf)
    : nodesOf(
        root,
        entriesOf(operation.responses).flatMap(([status, each]) => (/^2/.test(status) ? [each] : [])),
      ).flatMap(({ content }) => entriesOf(content).map(([type]) => type));
  return written.map((type) => type.replace(/;.*$/s, '').trim().toLowerCase());
}
