import { createHash, randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { composeServices, createFoundation } from '../../api/compose.ts';
import { appRouter } from '../../api/router.ts';
import type { Services } from '../../api/services.ts';
import { createCallerFactory } from '../../api/trpc.ts';
import type { Identity } from '../../shared/identity/roles.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';
import { createLogger } from '../../shared/platform/server/logger.ts';
import { connectTemporalLater } from '../../shared/platform/server/temporal/connect.ts';
import { analyzeTexts, fillRows, type Ground } from './growth-fill.ts';

const factory = createCallerFactory(appRouter);

/** The product on one database of the bench. */
export interface Site {
  ground: Ground;
  services: Services;
  /** As a person with every role of the large tenant. */
  call: ReturnType<typeof factory>;
  /** Rows in the middle of the lists: where deep pages begin, and what details show. */
  middle: Middle;
}

interface Middle {
  execution: string;
  event: string;
  exception: string;
  run: string;
  due: string;
}

const middleOf: Record<keyof Middle, string> = {
  execution: `interlock_uuid_floor(now() - interval '5 months')`,
  event: '(SELECT max(id) / 2 FROM event)',
  exception: `(SELECT id FROM exception WHERE tenant_id = $1 AND status <> 'resolved'
    AND id < interlock_uuid_floor(now() - interval '5 months') ORDER BY id DESC LIMIT 1)`,
  run: `(SELECT id FROM playbook_run WHERE tenant_id = $1
    AND id < interlock_uuid_floor(now() - interval '5 months') ORDER BY id DESC LIMIT 1)`,
  due: `to_char(now() AT TIME ZONE 'UTC' - interval '5 months', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
};

/** $1: the tenant. */
const middleText = `SELECT ${Object.entries(middleOf)
  .map(([name, value]) => `${value}::text AS "${name}"`)
  .join(', ')}`;

/** The id of an actor of the filled rows: 1 and 2 are keys, 99 acts rarely. */
export const actorId = (number: number) => createHash('md5').update(`actor${number}`).digest('hex');

function callerOf(services: Services, tenantId: string): Site['call'] {
  const identity: Identity = {
    tenantId,
    tenantSlug: 'bench',
    tenantName: 'Bench',
    actor: { type: 'user', id: actorId(3), name: 'Person 3' },
    person: 'person3@example.com',
    roles: ['tenant_admin'],
  };
  return factory({ services, requestId: 'bench', identity, session: null, identify: async () => identity });
}

/** Fills a migrated database. @returns what its rows refer to */
export async function fillSite(
  { adminUrl, databaseUrl }: { adminUrl: string; databaseUrl: string },
  executions: number,
): Promise<Ground> {
  const services = await openServices(databaseUrl);
  try {
    const ground = await layGround(services);
    await fillRows(adminUrl, ground, executions);
    await services.search.catchUp(Number.POSITIVE_INFINITY);
    await analyzeTexts(adminUrl);
    return ground;
  } finally {
    await services.db.close();
  }
}

/** Close `services.db` at the end. */
export async function openSite(databaseUrl: string, ground: Ground): Promise<Site> {
  const services = await openServices(databaseUrl);
  const [middle] = await services.db.tenant(ground.tenantId, (connection) =>
    connection.query<Middle & Record<string, string>>({ text: middleText, values: [ground.tenantId] }),
  );
  if (!middle) throw new Error('The database is empty');
  return { ground, services, call: callerOf(services, ground.tenantId), middle };
}

async function openServices(databaseUrl: string): Promise<Services> {
  const env = {
    DATABASE_URL: databaseUrl,
    INTERLOCK_AUTH_SECRET: randomBytes(32).toString('hex'),
    INTERLOCK_VAULT_KEYS: JSON.stringify({
      keys: [{ id: 'bench', key: randomBytes(32).toString('base64') }],
    }),
  };
  const foundation = await createFoundation(readEnvironment(env), createLogger('silent'), {
    keys: { env },
    maxConnections: 1,
  });
  // Nothing here needs Temporal.
  return composeServices(foundation, connectTemporalLater()).services;
}

/** What the rows refer to, made as people make it. */
async function layGround(services: Services): Promise<Ground> {
  const tenantId = uuidv7();
  const call = callerOf(services, tenantId);
  const toolIds: string[] = [];
  for (let n = 1; n <= 30; n++)
    toolIds.push(
      (await call.tools.create({ definition: { name: `tool_${n}`, title: `Tool ${n}`, type: 'dummy' } })).id,
    );
  const playbookIds: string[] = [];
  for (let n = 1; n <= 5; n++) {
    const steps = [1, 2, 3].map((step) => ({ id: `s${step}`, type: 'manual', title: `Step ${step}` }));
    const document = { name: `playbook_${n}`, title: `Playbook ${n}`, steps };
    const { id } = await call.playbooks.create({ document });
    await call.playbooks.publish({ id });
    playbookIds.push(id);
  }
  const { id: endpointId } = await call.webhooks.create({ url: 'https://example.com/hook' });
  return { tenantId, others: Array.from({ length: 20 }, () => uuidv7()), toolIds, playbookIds, endpointId };
}
