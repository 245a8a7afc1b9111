import { readMessage, writeFrame } from '../../shared/platform/server/sandboxes/host/frames.ts';
import { frameTypes } from '../../shared/platform/server/sandboxes/sandbox-protocol.ts';

// A program that has taken over the process of a sandbox. The source of its job names the attack.

const attacks: Record<string, () => void> = {
  /** Each of them is a message to the main thread of whoever waits. */
  lines() {
    for (;;) writeFrame(frameTypes.log, new Uint8Array());
  },
  /** WebAssembly grows by pages that nothing of an engine counts. */
  growth() {
    for (;;) {
      const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
      for (let count = 0; count < 400; count += 1) {
        const from = memory.buffer.byteLength;
        memory.grow(160);
        new Uint8Array(memory.buffer, from).fill(1);
      }
    }
  },
  output() {
    writeFrame(frameTypes.output, new Uint8Array(100_000_000));
  },
  problem() {
    writeFrame(frameTypes.problem, new TextEncoder().encode('{"kind":"thrown","message":7}'));
  },
};

writeFrame(frameTypes.ready, new Uint8Array());
const { source } = JSON.parse(new TextDecoder().decode(readMessage())) as { source: string };
attacks[source]?.();
