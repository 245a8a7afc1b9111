import { sleep } from '@temporalio/workflow';

// Workflow code with a defect, in each place that the SDK enters.

/** The test mends the code by a shorter text. */
const broken = (): boolean => 'broken-forever'.length > 10;

// V8 makes machine code of some loops that no timeout stops: of 'abc'.startsWith('ab'), for example.
function loop(): void {
  while (broken());
}

export async function loopAtOnce(): Promise<string> {
  loop();
  return 'mended';
}

export async function loopInCallback(): Promise<string> {
  await Promise.resolve().then(loop);
  return 'mended';
}

export async function loopAfterTimer(): Promise<string> {
  await sleep(1);
  loop();
  return 'mended';
}

export async function loopInMicrotasks(): Promise<string> {
  while (broken()) await null;
  return 'mended';
}

export async function end(): Promise<string> {
  return 'ended';
}
