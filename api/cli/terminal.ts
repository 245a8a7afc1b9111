import { createInterface } from 'node:readline/promises';
import { type Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { exitCodes, plain } from './output.ts';

/** Those of a process, or others in their place. */
export interface Streams {
  env: Readonly<Record<string, string | undefined>>;
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable;
  stderr: Writable;
}

/** Where a command reads and writes, and how it ended. */
export class Terminal {
  exitCode: number = exitCodes.done;
  readonly streams: Streams;

  constructor(streams: Streams) {
    this.streams = streams;
  }

  /** Whether someone can be asked. */
  get hasPerson(): boolean {
    return this.streams.stdin.isTTY === true;
  }

  say(line = ''): void {
    this.streams.stdout.write(`${line}\n`);
  }

  /** Beside the result, which the standard output has to itself. */
  note(line: string): void {
    this.streams.stderr.write(`${line}\n`);
  }

  sayJson(value: unknown): void {
    this.say(JSON.stringify(value, null, 2));
  }

  /** Columns as wide as they need to be; the last one is not padded. */
  sayTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
    const cells = [head, ...rows.map((row) => row.map(plain))];
    const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
    const padded = (row: readonly string[]) =>
      row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)));
    for (const row of cells) this.say(padded(row).join('  '));
  }

  /** The whole standard input. */
  readAll(): Promise<string> {
    return text(this.streams.stdin);
  }

  /** What someone types without being seen, or else all of the standard input. */
  async askSecret(question: string): Promise<string> {
    if (!this.hasPerson) return (await this.readAll()).trim();
    const { stdin, stderr } = this.streams;
    stderr.write(question);
    const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
    const reader = createInterface({ input: stdin, output: unseen, terminal: true });
    try {
      return (await reader.question('')).trim();
    } finally {
      reader.close();
      stderr.write('\n');
    }
  }

  /** Whether someone says yes. */
  async askYes(question: string): Promise<boolean> {
    const { stdin, stderr } = this.streams;
    const reader = createInterface({ input: stdin, output: stderr });
    try {
      return /^y(es)?$/i.test((await reader.question(`${question} [y/N] `)).trim());
    } finally {
      reader.close();
    }
  }
}
