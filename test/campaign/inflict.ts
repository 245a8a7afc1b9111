import { setTimeout as sleep } from 'node:timers/promises';
import type { PlannedFault } from './plan.ts';
import type { CampaignStack } from './stack.ts';

/** A fault that happened: times in milliseconds since 1970. `to` is when it was over and its part was started again. */
export interface InflictedFault extends PlannedFault {
  from: number;
  to: number;
}

/** Makes every planned fault happen in its time. A part that is not yet back from its last one is left alone. */
export async function inflictFaults(
  stack: CampaignStack,
  plan: readonly PlannedFault[],
  log: (line: string) => void,
): Promise<InflictedFault[]> {
  const began = Date.now();
  const busy = new Set<string>();
  const done: InflictedFault[] = [];
  const running: Promise<void>[] = [];
  for (const fault of plan) {
    await sleep(Math.max(0, began + fault.atMs - Date.now()));
    const name = `${fault.part} ${fault.index}`;
    if (busy.has(name)) continue;
    busy.add(name);
    const from = Date.now();
    log(`${Math.round((from - began) / 1000)} s: ${fault.part} ${fault.index + 1}: ${fault.kind}`);
    running.push(
      inflict(stack, fault).then(() => {
        busy.delete(name);
        done.push({ ...fault, from, to: Date.now() });
      }),
    );
  }
  await Promise.all(running);
  return done;
}

async function inflict(stack: CampaignStack, fault: PlannedFault): Promise<void> {
  const { kind, index, durationMs } = fault;
  const part = stack.parts[fault.part][index];
  if (!part) throw new Error(`There is no ${fault.part} ${index}.`);
  const gates =
    fault.part === 'api'
      ? stack.gates.api.slice(index, index + 1)
      : fault.part === 'postgres' || fault.part === 'temporal'
        ? stack.gates[fault.part]
        : [];
  switch (kind) {
    case 'kill':
      await part.kill();
      await sleep(durationMs);
      return part.start();
    case 'stop':
      await part.stop();
      await sleep(durationMs);
      return part.start();
    case 'freeze':
      part.freeze();
      await sleep(durationMs);
      return part.thaw();
    case 'slow freeze': {
      const toPostgres = stack.gates.postgres[fault.part === 'api' ? index : stack.parts.api.length + index];
      toPostgres?.slow(fault.latencyMs);
      await sleep(1000);
      part.freeze();
      await sleep(durationMs - 1000);
      part.thaw();
      // A call that was claimed before is sent, or not, while the database is still slow.
      await sleep(1000);
      await toPostgres?.heal();
      return;
    }
    case 'cut':
      await Promise.all(gates.map((gate) => gate.cut()));
      break;
    case 'stall':
      for (const gate of gates) gate.stall();
      break;
    case 'slow':
      for (const gate of gates) gate.slow(fault.latencyMs);
      break;
    case 'errors':
      await setErrorShare(stack, 0.6);
      await sleep(durationMs);
      return setErrorShare(stack);
  }
  await sleep(durationMs);
  await Promise.all(gates.map((gate) => gate.heal()));
}

async function setErrorShare({ providerUrl }: CampaignStack, share?: number): Promise<void> {
  await fetch(`${providerUrl}/errors`, {
    method: 'POST',
    body: JSON.stringify(share === undefined ? {} : { share }),
    signal: AbortSignal.timeout(2000),
  }).catch(() => {});
}
