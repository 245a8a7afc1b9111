import { freemem, loadavg, totalmem } from 'node:os';
import { relative } from 'node:path';
import type { Reporter, TestCase, TestModule, TestSpecification } from 'vitest/node';

const minute = 60_000;

/**
 * Says every minute how far a run is, what runs, and what the machine has left; and at once what failed. A run that is
 * ended from outside never reaches its summary: its last lines say where it stood.
 */
export default class ProgressReporter implements Reporter {
  readonly #running = new Map<string, number>();
  readonly #start = Date.now();
  #files = 0;
  #ended = 0;
  #timer: NodeJS.Timeout | undefined;

  onTestRunStart(specifications: ReadonlyArray<TestSpecification>): void {
    this.#files = specifications.length;
    this.#timer = setInterval(() => this.#say(), minute).unref();
  }

  onTestModuleStart(module: TestModule): void {
    this.#running.set(nameOf(module), Date.now());
  }

  onTestModuleEnd(module: TestModule): void {
    this.#running.delete(nameOf(module));
    this.#ended += 1;
    for (const error of module.errors()) write(`failed: ${nameOf(module)}: ${error.message}`);
  }

  onTestCaseResult(test: TestCase): void {
    const result = test.result();
    if (result.state !== 'failed') return;
    for (const error of result.errors)
      write(`failed: ${nameOf(test.module)} > ${test.fullName}: ${error.message}`);
  }

  onTestRunEnd(): void {
    clearInterval(this.#timer);
  }

  #say(): void {
    const running = [...this.#running].map(([name, since]) => `${name} (${seconds(since)} s)`);
    const gigabytes = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
    write(
      `after ${seconds(this.#start)} s: ${this.#ended} of ${this.#files} files; ` +
        `load ${loadavg()[0]?.toFixed(1)}, ${gigabytes(freemem())} of ${gigabytes(totalmem())} GB free; ` +
        `running: ${running.join(', ') || 'none'}`,
    );
  }
}

function nameOf(module: TestModule): string {
  return relative(process.cwd(), module.moduleId);
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
