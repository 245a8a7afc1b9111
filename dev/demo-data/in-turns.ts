const atOnce = 4;

/** Runs a few at a time, so that the start stays quick and the machine usable. */
export async function inTurns(work: readonly (() => Promise<unknown>)[]): Promise<void> {
  const rest = [...work];
  const worker = async () => {
    for (let next = rest.shift(); next; next = rest.shift()) await next();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
