import { auditCollector } from '../shared/events/server/audit/audit-collector.ts';
import { executionCollector } from '../shared/executions/server/execution-collector.ts';
import { inboundCollector } from '../shared/inbound/server/inbound-collector.ts';
import { breakerCollector } from '../shared/limits/server/breaker-collector.ts';
import type { Database } from '../shared/platform/db/database.ts';
import { egressUse } from '../shared/platform/server/egress/egress.ts';
import { type Collector, collector } from '../shared/platform/server/metrics.ts';
import { taskQueueCollector } from '../shared/platform/server/temporal/task-queue-collector.ts';
import { stepCollector } from '../shared/playbooks/server/step-collector.ts';
import { deliveryCollector } from '../shared/webhooks/server/delivery-collector.ts';
import type { Metrics } from './metrics.ts';
import type { Services } from './services.ts';

/** The numbers of a process with services. A feature adds its own here: one line. */
export function registerCollectors(metrics: Metrics, services: () => Services): void {
  const db = () => services().db;
  const collectors: Collector[] = [
    databaseCollector(db),
    poolCollector(db),
    taskQueueCollector(() => {
      const { temporal, environment } = services();
      return { client: temporal.client, taskQueue: environment.INTERLOCK_TASK_QUEUE };
    }),
    executionCollector(db),
    stepCollector(db),
    deliveryCollector(db),
    inboundCollector(db),
    breakerCollector(db),
    auditCollector(db),
  ];
  for (const each of collectors) metrics.collect(each);
}

const databaseCollector = (db: () => Database) =>
  collector({
    part: 'database',
    gauges: {},
    async read() {
      await db().ping();
      return {};
    },
  });

/** What this process holds open. */
const poolCollector = (db: () => Database) =>
  collector({
    gauges: {
      interlock_database_connections: {
        help: 'Connections to the database, by role and state; waiting: requests for one',
        labels: ['role', 'state'],
      },
      interlock_database_connections_max: { help: 'The most connections of a role', labels: ['role'] },
      interlock_egress_connections: { help: 'Connections to hosts outside' },
      interlock_egress_requests: {
        help: 'Requests to hosts outside, by state; queued: they wait for a connection',
        labels: ['state'],
      },
    },
    async read() {
      const pools = db().pools();
      const { connected, running, queued } = egressUse();
      return {
        interlock_database_connections: pools.flatMap(({ role, busy, idle, waiting }) =>
          Object.entries({ busy, idle, waiting }).map(([state, value]) => ({
            labels: { role, state },
            value,
          })),
        ),
        interlock_database_connections_max: pools.map(({ role, max }) => ({ labels: { role }, value: max })),
        interlock_egress_connections: connected,
        interlock_egress_requests: [
          { labels: { state: 'running' }, value: running },
          { labels: { state: 'queued' }, value: queued },
        ],
      };
    },
  });
