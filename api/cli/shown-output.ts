import type { components, InterlockClient } from '../../shared/client/interlock-client.ts';
import { plain } from './output.ts';
import type { Terminal } from './terminal.ts';

type Chunk = components['schemas']['ExecutionsChunksResult']['items'][number];

/** Of one request. */
const limit = 200;

const notes = {
  shortened: 'More came than is shown here. The output has all of it.',
  withheld:
    'Nothing is shown before the output is complete, because its schema marks parts of it as secret or personal.',
} as const;

/** Pieces of a text keep their lines, and can hold no commands for the terminal. */
const printable = (text: string): string => text.replaceAll(/[^\P{Cc}\n\t]/gu, '');

function lineOf({ kind, value }: Chunk): string {
  if (kind === 'shortened' || kind === 'withheld') return notes[kind];
  const words = plain(typeof value === 'string' ? value : JSON.stringify(value));
  return kind === 'log' ? `log: ${words}` : words;
}

/** What an execution shows while it runs: each part once, as it comes. */
export class ShownOutput {
  readonly #terminal: Terminal;
  readonly #client: InterlockClient;
  readonly #id: string;
  readonly #json: boolean;
  #after: string | undefined;
  /** The last piece of a text did not end its line. */
  #inLine = false;

  constructor(terminal: Terminal, client: InterlockClient, { id, json }: { id: string; json: boolean }) {
    this.#terminal = terminal;
    this.#client = client;
    this.#id = id;
    this.#json = json;
  }

  /** Prints what has come since. @returns whether anything has */
  async print(): Promise<boolean> {
    for (let any = false; ; any = true) {
      const { items, after } = await this.#client.executions.chunks({
        id: this.#id,
        limit,
        ...(this.#after !== undefined && { after: this.#after }),
      });
      this.#after = after;
      for (const chunk of items) this.#printOne(chunk);
      if (items.length < limit) return any || items.length > 0;
    }
  }

  /** What comes next begins a line. */
  endLine(): void {
    if (this.#inLine) this.#terminal.say();
    this.#inLine = false;
  }

  #printOne(chunk: Chunk): void {
    const { kind, value } = chunk;
    if (this.#json) this.#terminal.say(JSON.stringify({ chunk }));
    else if (kind === 'text') {
      const text = printable(String(value));
      this.#terminal.streams.stdout.write(text);
      if (text !== '') this.#inLine = !text.endsWith('\n');
    } else {
      this.endLine();
      this.#terminal.say(lineOf(chunk));
    }
  }
}
