import type { FastifyInstance } from 'fastify';
import { countStalled } from '../shared/executions/db/stalled-workflows.ts';
import {
  createPartChecks,
  type PartName,
  type PartState,
  partNames,
  responds,
  type WorkerState,
} from './readiness.ts';
import type { Services } from './services.ts';

/** Of a process as a whole. */
type Readiness = 'ready' | 'degraded' | 'not ready';

/**
 * `/healthz`: the process is alive. `/readyz`: part by part, whether it can work; 503 only while it cannot serve requests, since
 * a part that all processes share would take every one of them out of service. A probe names the address of the process as
 * the host.
 * @param worker of this process
 */
export function registerHealth(
  app: FastifyInstance,
  services: () => Services | null,
  worker: () => WorkerState = () => 'none',
): void {
  const look = createPartChecks(worker);
  const known = new Map<PartName, PartState & { since: string }>();

  /** With the time since when each part is as it is, as far as someone has asked. */
  function remember(parts: Record<PartName, PartState>): Record<PartName, PartState & { since: string }> {
    const now = new Date().toISOString();
    for (const name of partNames) {
      const before = known.get(name);
      const since = before?.status === parts[name].status ? before.since : now;
      known.set(name, { ...parts[name], since });
    }
    return Object.fromEntries(known) as Record<PartName, PartState & { since: string }>;
  }

  app.get('/healthz', { config: { anyHost: true } }, async () => ({ status: 'ok' }));

  app.get('/readyz', { config: { anyHost: true } }, async (_request, reply) => {
    const ready = services();
    const parts = remember(await look(ready));
    const states = Object.values(parts).map(({ status }) => status);
    const serves = states.every((status) => status === 'ok' || status === 'degraded');
    // Such a process can work, and another one could do no more: it stays in service.
    let stalledWorkflows = 0;
    if (ready && serves)
      await responds(async () => {
        stalledWorkflows = await ready.db.system(countStalled);
      });
    const whole = stalledWorkflows === 0 && states.every((status) => status === 'ok');
    const status: Readiness = !serves ? 'not ready' : whole ? 'ready' : 'degraded';
    return reply.status(serves ? 200 : 503).send({
      status,
      parts,
      ...(stalledWorkflows > 0 && { stalledWorkflows }),
    });
  });
}
