const headBytes = 5;

/**
 * Looks at the lengths of messages as they come: the parser of the library goes backwards, without an end, after a negative
 * one.
 * @returns throws at a message whose length cannot be one
 */
export function checkFrames(): (chunk: Buffer) => void {
  const head = Buffer.alloc(headBytes);
  let headRead = 0;
  let bodyLeft = 0;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (bodyLeft > 0) {
        const taken = Math.min(bodyLeft, chunk.length - at);
        bodyLeft -= taken;
        at += taken;
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
    }
  };
}
