import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readFrames } from '../../../../shared/platform/server/sandboxes/frame-reader.ts';
import { frameTypes, maxFrames } from '../../../../shared/platform/server/sandboxes/sandbox-protocol.ts';
import { startSandbox } from '../../../../shared/platform/server/sandboxes/start-sandbox.ts';

const program = fileURLToPath(new URL('../../../support/hostile-sandbox.ts', import.meta.url));

/** What becomes of a sandbox whose process does what it likes. */
async function attack(source: string) {
  const sandbox = startSandbox('quickjs', null, () => {}, program);
  expect(await sandbox.ready).toBe(true);
  let lines = 0;
  const job = {
    task: 'run',
    language: 'javascript',
    source,
    memoryBytes: 16 * 1_048_576,
    maxOutputBytes: 16 * 1_048_576,
    maxLogBytes: 65_536,
  } as const;
  const result = await sandbox.run(job, 'null', 30_000, () => {
    lines += 1;
  });
  return { result, lines };
}

test.concurrent('a flood of empty log lines ends at the number of lines, not at that of bytes', async () => {
  const { result, lines } = await attack('lines');
  expect(result).toEqual({ ended: 'flood' });
  expect(lines).toBe(maxFrames);
}, 90_000);

test.concurrent('memory that WebAssembly takes without an engine that counts it ends the process', async () => {
  expect((await attack('growth')).result).toEqual({ ended: 'memory' });
}, 90_000);

test.concurrent('a result beyond its limit, and one that is none, are no results', async () => {
  expect((await attack('output')).result).toEqual({ ended: 'flood' });
  expect((await attack('problem')).result).toEqual({ ended: 'failed' });
  expect((await attack('nothing')).result).toEqual({ ended: 'failed' });
}, 90_000);

test('a frame is read whole, however it is cut', async () => {
  const stream = new PassThrough();
  const frames: string[] = [];
  readFrames(stream, {
    allows: (bytes) => bytes < 100,
    onTooMuch: () => frames.push('too much'),
    onFrame: (type, content) => frames.push(`${type} ${content}`),
  });
  const frame = (type: number, content: string): Buffer => {
    const head = Buffer.alloc(5);
    head.writeUInt8(type);
    head.writeUInt32BE(content.length, 1);
    return Buffer.concat([head, Buffer.from(content)]);
  };
  const all = [frame(frameTypes.log, 'one'), frame(frameTypes.ready, ''), frame(frameTypes.log, 'two')];
  for (const byte of Buffer.concat(all)) stream.write(Buffer.of(byte));
  stream.write(Buffer.concat([...all, frame(frameTypes.output, 'x'.repeat(100)), frame(4, 'after')]));
  await expect.poll(() => frames.at(-1)).toBe('too much');
  expect(frames).toEqual(['2 one', '1 ', '2 two', '2 one', '1 ', '2 two', 'too much']);
});
