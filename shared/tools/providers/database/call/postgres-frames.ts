const headBytes = 5;

/** Messages that hold texts which end with a zero byte: errors, notices, settings, tags, columns, sign-in. */
const withTexts = 'ENSCATR';

/**
 * Looks at messages as they come. The parser of the library goes on without an end after a negative length, and after a text
 * that does not end.
 * @returns throws at a message that is not one of PostgreSQL
 */
export function checkFrames(): (chunk: Buffer) => void {
  let kept: Buffer[] = [];
  const head = Buffer.alloc(headBytes);
  let headRead = 0;
  let bodyLeft = 0;
  const ended = () => {
    if (isWhole(String.fromCharCode(head[0]!), Buffer.concat(kept))) return;
    throw new Error('The response is not one of PostgreSQL');
  };
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (bodyLeft > 0) {
        const taken = Math.min(bodyLeft, chunk.length - at);
        if (withTexts.includes(String.fromCharCode(head[0]!))) kept.push(chunk.subarray(at, at + taken));
        bodyLeft -= taken;
        at += taken;
        if (bodyLeft === 0) ended();
        continue;
      }
      head[headRead] = chunk[at]!;
      headRead += 1;
      at += 1;
      if (headRead < headBytes) continue;
      const length = head.readInt32BE(1);
      if (length < 4) throw new Error('The response is not one of PostgreSQL');
      bodyLeft = length - 4;
      headRead = 0;
      kept = [];
      if (bodyLeft === 0) ended();
    }
  };
}

function isWhole(type: string, body: Buffer): boolean {
  if (type === 'T') return columnsEnd(body) === body.length;
  if (type === 'E' || type === 'N')
    return body.length < 3 ? body[0] === 0 : body.at(-1) === 0 && body.at(-2) === 0;
  if (type === 'S') return body.at(-1) === 0 && body.indexOf(0) < body.length - 1;
  if (type === 'A') return body.at(-1) === 0 && body.indexOf(0, 4) < body.length - 1;
  if (type === 'C') return body.at(-1) === 0;
  // Of the sign-in, only the list of mechanisms has texts.
  const lists = type === 'R' && body.length >= 4 && body.readInt32BE(0) === 10;
  return !lists || (body.at(-1) === 0 && body.at(-2) === 0);
}

/** Where the columns of a row description end; -1 when they do not. */
function columnsEnd(body: Buffer): number {
  if (body.length < 2) return -1;
  let at = 2;
  for (let left = body.readUInt16BE(0); left > 0; left--) {
    const end = body.indexOf(0, at);
    if (end < 0) return -1;
    at = end + 19;
  }
  return at;
}
