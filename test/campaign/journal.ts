/** What the campaign found wrong. */
export const violationKinds = [
  'lost',
  'doubled',
  'stuck',
  'untrue',
  'order',
  'temporal',
  'stream',
  'foreign',
  'secret',
] as const;
export type ViolationKind = (typeof violationKinds)[number];

export interface Violation {
  kind: ViolationKind;
  /** Of the execution, run, step or event. */
  id: string;
  what: string;
  /** When it was in progress, in milliseconds since 1970, where that is known. */
  from?: number;
  to?: number;
}

/** One thing that a client wanted done once. */
export interface WantedCall {
  /** Part of the payload, so that rows and the provider's ledger can be compared with it. */
  callId: string;
  tenant: string;
  tool: ToolName;
  /** Null: without an Idempotency-Key it is sent once. */
  key: string | null;
  /** Executions that a response named, with the last final status it was told. */
  told: Map<string, string>;
  /** A response said that nothing was done, and none came after it. */
  refused: string | null;
}

export type ToolName = 'charge' | 'transfer' | 'refund' | 'look';
/** Tools whose second call acts twice. */
export const unsafeTools: readonly ToolName[] = ['charge', 'transfer'];

export interface WantedRun {
  tenant: string;
  callId: string;
  /** Null: no response named it. */
  runId: string | null;
  exceptionId: string | null;
  /** The steps, with the request ids whose completion got 200. */
  completed: Map<string, Set<string>>;
}

/** Everything that clients wanted and were told. */
export interface Journal {
  calls: Map<string, WantedCall>;
  runs: WantedRun[];
  violations: Violation[];
  /** Responses by status; 0: none. */
  statuses: Map<number, number>;
  /** Bodies of responses, for the search for secrets. */
  texts: string[];
}

export const createJournal = (): Journal => ({
  calls: new Map(),
  runs: [],
  violations: [],
  statuses: new Map(),
  texts: [],
});
