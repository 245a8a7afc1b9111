/** Connections to the database that the queries of one tenant hold at once in a process: the others are for calls. */
const readsAtOnce = 4;

/** Lets the reads of each tenant through, a few at once. */
export interface ReadGates {
  /**
   * Runs `work` when it is its turn. A read whose query has ended keeps its place until it has ended itself.
   * @throws the reason of `signal`, without a read
   */
  pass<T>(tenantId: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

export function createReadGates(): ReadGates {
  const gates = new Map<string, { reading: number; waiting: (() => void)[] }>();
  return {
    async pass(tenantId, signal, work) {
      const gate = gates.get(tenantId) ?? { reading: 0, waiting: [] };
      gates.set(tenantId, gate);
      // Whoever ends hands its place to the next one.
      if (gate.reading === readsAtOnce) await new Promise<void>((resolve) => gate.waiting.push(resolve));
      else gate.reading += 1;
      try {
        signal.throwIfAborted();
        return await work();
      } finally {
        const next = gate.waiting.shift();
        if (next) next();
        else gate.reading -= 1;
        if (gate.reading === 0) gates.delete(tenantId);
      }
    },
  };
}
