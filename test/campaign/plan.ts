import { createRandom } from './random.ts';

/** The parts of the product and its surroundings that a campaign disturbs. */
export const partKinds = ['api', 'worker', 'postgres', 'temporal', 'provider'] as const;
export type PartKind = (typeof partKinds)[number];

/**
 * kill: SIGKILL, and a new process after a while. stop: asked to end, as in a deploy. freeze: SIGSTOP, then SIGCONT.
 * slow freeze: its way to the database gets slow first, so that it freezes between a claim and its call.
 * cut: its connections break and are refused. stall: its connections stay open and carry nothing. slow: they take longer.
 * errors: the provider fails in every way it can.
 */
export const faultsOf = {
  api: ['kill', 'stop', 'freeze', 'slow freeze', 'cut'],
  worker: ['kill', 'stop', 'freeze', 'slow freeze'],
  postgres: ['kill', 'stop', 'freeze', 'cut', 'stall', 'slow'],
  temporal: ['kill', 'freeze', 'cut', 'stall'],
  provider: ['kill', 'freeze', 'errors'],
} as const satisfies Record<PartKind, readonly string[]>;
export type FaultKind = (typeof faultsOf)[PartKind][number];

export interface PlannedFault {
  /** From the begin of the chaos, in milliseconds. */
  atMs: number;
  kind: FaultKind;
  part: PartKind;
  /** Which of the processes of its kind, from 0. */
  index: number;
  /** How long the fault lasts; of a kill, until the process is started again. */
  durationMs: number;
  /** Of `slow` and `slow freeze`: added to every message in each direction. */
  latencyMs: number;
}

/** Faults may overlap, on different parts: this many at a time. */
const lanes = 2;

/** Processes of each kind; one where none is given. */
export type ProcessCounts = Partial<Record<PartKind, number>>;

/** The faults of a campaign: the same for the same arguments. */
export function planFaults(
  seed: number,
  durationMs: number,
  parts: readonly PartKind[],
  counts: ProcessCounts = { api: 2, worker: 2 },
): PlannedFault[] {
  const random = createRandom(seed);
  const faults: PlannedFault[] = [];
  for (let lane = 0; lane < lanes; lane++) {
    let atMs = random.between(500, 3000 + lane * 4000);
    while (atMs < durationMs) {
      const part = random.oneOf(parts);
      const kind: FaultKind = random.oneOf<FaultKind>(faultsOf[part]);
      const count = counts[part] ?? 1;
      const fault: PlannedFault = {
        atMs: Math.round(atMs),
        kind,
        part,
        index: count > 1 ? Math.floor(random.next() * count) : 0,
        durationMs: Math.round(durationOf(kind, random.next())),
        latencyMs: Math.round(random.between(20, 200)),
      };
      faults.push(fault);
      atMs += fault.durationMs + random.between(500, lane === 0 ? 4000 : 9000);
    }
  }
  return faults.sort((a, b) => a.atMs - b.atMs);
}

/** A freeze lasts 1 to 15 s, mostly a short time. */
function durationOf(kind: FaultKind, random: number): number {
  switch (kind) {
    case 'freeze':
    case 'stall':
      return 1000 + random * random * 14_000;
    case 'slow freeze':
      // Long enough for another worker to take over.
      return 8000 + random * 7000;
    case 'slow':
    case 'errors':
      return 2000 + random * 8000;
    default:
      return random * random * 5000;
  }
}
