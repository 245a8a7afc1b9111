import type { FastifyInstance } from 'fastify';
import { countProblems } from '../shared/events/db/audit-heads.ts';
import { countStalled } from '../shared/executions/db/stalled-workflows.ts';
import { searchAttributesExist } from '../shared/executions/server/register-search-attributes.ts';
import type { Metrics } from './metrics.ts';
import type { Services } from './services.ts';

const checkTimeoutMs = 2_000;

/** `/healthz`: the process is alive. `/readyz`: it can work. A probe names the address of the process as the host. */
export function registerHealth(app: FastifyInstance, services: () => Services | null): void {
  let canStart = false;
  /** No workflow starts without its search attributes. They stay once they exist. */
  async function checkTemporal({ temporal: { client } }: Services): Promise<CheckState> {
    const state = await check(() => client.workflowService.getSystemInfo({}));
    if (state !== 'ok' || canStart) return state;
    let exist = false;
    const looked = await check(async () => {
      exist = await searchAttributesExist(client);
    });
    canStart = looked === 'ok' && exist;
    return canStart || looked !== 'ok' ? looked : 'search_attributes_missing';
  }

  app.get('/healthz', { config: { anyHost: true } }, async () => ({ status: 'ok' }));

  app.get('/readyz', { config: { anyHost: true } }, async (_request, reply) => {
    const ready = services();
    const checks = ready
      ? {
          database: await check(() => ready.db.ping()),
          temporal: await checkTemporal(ready),
        }
      : { database: 'starting', temporal: 'starting' };
    const ok = Object.values(checks).every((state) => state === 'ok');
    if (!ok) return reply.status(503).send({ status: 'not ready', checks });
    let stalledWorkflows = 0;
    if (ready)
      await check(async () => {
        stalledWorkflows = await ready.db.system(countStalled);
      });
    const vault = await check(async () => ready?.vault.keys());
    // Such a process can work, and another one could do no more: it stays in service.
    if (vault !== 'ok') return { status: 'degraded', checks, vault, stalledWorkflows };
    return stalledWorkflows > 0
      ? { status: 'degraded', checks, stalledWorkflows }
      : { status: 'ready', checks };
  });
}

/** Workflows that cannot go on before someone acts: their tasks fail, or no worker takes them. */
export function countStalledWorkflows(metrics: Metrics, services: () => Services | null): void {
  metrics.gauge(
    'interlock_stalled_workflows',
    'Open workflows whose tasks fail or are taken by no worker, of all processes',
    async () => (await services()?.db.system(countStalled)) ?? null,
  );
}

/** The people who watch the deployment learn it, not only the tenant whose trail it is. */
export function countAuditProblems(metrics: Metrics, services: () => Services | null): void {
  metrics.gauge(
    'interlock_audit_problems',
    'Places where the audit trail is not as it was sealed, of all tenants',
    async () => (await services()?.db.system(countProblems)) ?? null,
  );
}

type CheckState = 'ok' | 'unavailable' | 'search_attributes_missing';

/** The endpoint is public, so it shows neither addresses nor messages. */
async function check(work: () => Promise<unknown>): Promise<'ok' | 'unavailable'> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('timeout')), checkTimeoutMs);
  });
  try {
    await Promise.race([work(), timeout]);
    return 'ok';
  } catch {
    return 'unavailable';
  } finally {
    clearTimeout(timer);
  }
}
