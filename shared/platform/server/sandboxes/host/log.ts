import { frameTypes, maxLineLength, maxLogLines } from '../sandbox-protocol.ts';
import { writeFrame } from './frames.ts';

const encoder = new TextEncoder();

/** Sends what the code prints, line by line, while it runs, up to a number of bytes and of lines. */
export function createLog(maxBytes: number): { write(text: string): boolean; flush(): void } {
  let left = maxBytes;
  let lines = 0;
  let begun = '';

  const send = (line: string): void => {
    if (left < 0) return;
    const content = encoder.encode(line.length > maxLineLength ? `${line.slice(0, maxLineLength)}…` : line);
    left -= content.length + 1;
    lines += 1;
    const fits = left >= 0 && lines <= maxLogLines;
    if (!fits) left = -1;
    writeFrame(
      frameTypes.log,
      fits ? content : encoder.encode('… The log is full. What follows is not kept.'),
    );
  };
  return {
    /**
     * @param text a part of the log; a line ends with a line break
     * @returns false when the log is full: what follows need not be written
     */
    write(text) {
      if (left < 0) return false;
      const parts = text.split('\n');
      for (const part of parts.slice(0, -1)) {
        send(begun + part);
        begun = '';
      }
      // What is cut from a line need not be kept until it ends.
      if (begun.length <= maxLineLength) begun += (parts.at(-1) ?? '').slice(0, maxLineLength + 1);
      return left >= 0;
    },
    flush() {
      if (begun !== '') send(begun);
      begun = '';
    },
  };
}
