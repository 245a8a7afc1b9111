import type { Readable } from 'node:stream';
import { type FrameType, frameHeadBytes } from './sandbox-protocol.ts';

/** What a stream of frames may be, and what becomes of it. */
export interface FrameReader {
  /** Whether so many more bytes, with those of a frame that has begun, may be read. */
  allows(bytes: number): boolean;
  onTooMuch(): void;
  onFrame(type: FrameType, content: Buffer): void;
}

/** Reads frames of a process that may send anything: nothing is kept beyond what `allows` says. */
export function readFrames(stream: Readable, { allows, onTooMuch, onFrame }: FrameReader): void {
  let chunks: Buffer[] = [];
  let kept = 0;
  let needed = frameHeadBytes;
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    kept += chunk.length;
    while (kept >= needed) {
      const all = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, kept);
      chunks = [all];
      const length = all.readUInt32BE(1);
      if (needed === frameHeadBytes) {
        if (!allows(frameHeadBytes + length)) {
          stream.destroy();
          return onTooMuch();
        }
        needed += length;
        if (kept < needed) return;
      }
      const rest = all.subarray(needed);
      const type = all.readUInt8(0) as FrameType;
      const content = all.subarray(frameHeadBytes, needed);
      chunks = rest.length > 0 ? [rest] : [];
      kept = rest.length;
      needed = frameHeadBytes;
      onFrame(type, content);
    }
  });
  stream.on('error', () => {});
}
