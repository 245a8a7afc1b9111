import type { Readable } from 'node:stream';
import { type FrameType, frameHeadBytes } from './sandbox-protocol.ts';

/** What a stream of frames may be, and what becomes of it. */
export interface FrameReader {
  /** Asked once for each frame: whether it may be read, with so many bytes. */
  allows(bytes: number): boolean;
  onTooMuch(): void;
  onFrame(type: FrameType, content: Buffer): void;
}

/**
 * Reads frames of a process that may send anything: nothing is kept beyond what `allows` says. Bytes are copied into their
 * frame, because one that arrives in pieces of a byte would keep a buffer for each of them.
 */
export function readFrames(stream: Readable, { allows, onTooMuch, onFrame }: FrameReader): void {
  const head = Buffer.alloc(frameHeadBytes);
  let content: Buffer | null = null;
  let filled = 0;
  stream.on('data', (chunk: Buffer) => {
    let at = 0;
    while (at < chunk.length) {
      const target = content ?? head;
      const count = chunk.copy(target, filled, at);
      at += count;
      filled += count;
      if (filled < target.length) return;
      filled = 0;
      if (!content) {
        const length = head.readUInt32BE(1);
        if (!allows(frameHeadBytes + length)) {
          stream.destroy();
          return onTooMuch();
        }
        content = Buffer.allocUnsafe(length);
        if (length > 0) continue;
      }
      onFrame(head.readUInt8(0) as FrameType, content);
      content = null;
    }
  });
  stream.on('error', () => {});
}
