import fs from 'node:fs';
import { type FrameType, frameHeadBytes } from '../sandbox-protocol.ts';

// Held here, because nothing else of this process keeps them.
const { readSync, writeSync } = fs;
export const exit: () => never = process.exit.bind(process);
// Who touches the streams of Node makes their files non-blocking.
for (const [fd, name] of ['stdin', 'stdout', 'stderr'].entries())
  Object.defineProperty(process, name, { value: { fd } });

// Both directions block: a sandbox has nothing else to do, and whoever waits for it can always kill it.

/** The next message from the pool: its length in four bytes, and the content. Ends the process when there is none. */
export function readMessage(): Uint8Array<ArrayBuffer> {
  const length = new DataView(read(4).buffer).getUint32(0);
  return read(length);
}

function read(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  while (at < length) {
    const count = readSync(0, bytes, at, length - at, null);
    if (count === 0) exit();
    at += count;
  }
  return bytes;
}

export function writeFrame(type: FrameType, content: Uint8Array): void {
  const head = new Uint8Array(frameHeadBytes);
  head[0] = type;
  new DataView(head.buffer).setUint32(1, content.length);
  write(head);
  write(content);
}

function write(bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length) at += writeSync(1, bytes, at, bytes.length - at);
}
