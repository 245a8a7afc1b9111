import { existsSync, readFileSync } from 'node:fs';

/** What the provider wrote down before it responded. A restart of the provider keeps it. */
export interface LedgerEntry {
  /** Of the request: what the client wanted done once. */
  callId: string;
  /** The path, which is the name of the tool. */
  tool: string;
  /** The `Idempotency-Key` that it came with. */
  key: string | null;
  /** The number of the effect; null: nothing was done. */
  effect: string | null;
  /** How it responded, or was to respond. */
  answer: string;
  /** ISO 8601. */
  at: string;
}

export function readLedger(file: string): LedgerEntry[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as LedgerEntry);
}
