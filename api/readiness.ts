import { readersBehind } from '../shared/events/server/log-readers.ts';
import { searchAttributesExist } from '../shared/executions/server/register-search-attributes.ts';
import { migrationsApplied } from '../shared/platform/db/migrations-applied.ts';
import type { Services } from './services.ts';

/** `degraded`: requests are served, and something waits. `unavailable`: they are not. */
export type PartStatus = 'ok' | 'degraded' | 'unavailable' | 'starting';

/** The probe is public, so `detail` is a fixed sentence: no address, no message of a server. */
export interface PartState {
  status: PartStatus;
  detail: string | null;
}

export const partNames = ['database', 'migrations', 'vault', 'temporal', 'worker', 'logReaders'] as const;
export type PartName = (typeof partNames)[number];

export type WorkerState = 'running' | 'stopping' | 'none';

const checkTimeoutMs = 2_000;
/** PostgreSQL that is slow for less than this is no reason to send requests elsewhere: the others are as slow. */
const slowMs = 6_000;
/** Longer than a batch of any reader takes. */
const behindSeconds = 60;

const ok: PartState = { status: 'ok', detail: null };
const starting: PartState = { status: 'starting', detail: 'This process is starting.' };
const startingParts = Object.fromEntries(partNames.map((name) => [name, starting])) as Record<
  PartName,
  PartState
>;

/** Looks at every part that a process depends on. Each look takes two seconds at most. */
export function createPartChecks(worker: () => WorkerState) {
  let respondedAt = Number.NEGATIVE_INFINITY;
  let migrated = false;
  let canStart = false;

  async function database({ db }: Services): Promise<PartState> {
    const answer = await ask(() => db.ping());
    const now = performance.now();
    if (answer === 'late' && now - respondedAt < slowMs)
      return { status: 'degraded', detail: 'PostgreSQL responds slowly. Requests wait for it.' };
    if (answer !== 'ok')
      return { status: 'unavailable', detail: 'PostgreSQL does not respond. Requests get 503.' };
    respondedAt = now;
    return ok;
  }

  /** They stay once they are there. */
  async function migrations({ db }: Services): Promise<PartState> {
    if (migrated) return ok;
    const looked = await responds(async () => {
      migrated = await db.system(migrationsApplied);
    });
    if (migrated) return ok;
    return looked
      ? { status: 'unavailable', detail: 'The database lacks migrations of this version. Run them.' }
      : { status: 'unavailable', detail: 'Unknown, because PostgreSQL does not respond.' };
  }

  async function vault({ vault: { keys } }: Services): Promise<PartState> {
    return (await responds(keys))
      ? ok
      : {
          status: 'degraded',
          detail: 'The keys of the vault cannot be loaded. Calls with credentials fail.',
        };
  }

  /** No workflow starts without its search attributes. They stay once they exist. */
  async function temporal({ temporal: { client } }: Services): Promise<PartState> {
    if (!(await responds(() => client.workflowService.getSystemInfo({}))))
      return {
        status: 'degraded',
        detail:
          'Temporal does not respond. First attempts are made; retries, waits and playbooks stand still.',
      };
    if (canStart) return ok;
    const looked = await responds(async () => {
      canStart = await searchAttributesExist(client);
    });
    if (canStart || !looked) return ok;
    return {
      status: 'unavailable',
      detail: 'The namespace lacks search attributes, so no workflow can start.',
    };
  }

  function workerState(): PartState {
    if (worker() === 'stopping')
      return { status: 'degraded', detail: 'The worker of this process is stopping.' };
    return worker() === 'none' ? { ...ok, detail: 'This process has no worker.' } : ok;
  }

  function logReaders(): PartState {
    const behind = readersBehind(behindSeconds);
    if (behind.length === 0) return ok;
    return { status: 'degraded', detail: `Behind the event log for a minute or more: ${behind.join(', ')}.` };
  }

  return async (services: Services | null): Promise<Record<PartName, PartState>> => {
    if (!services) return startingParts;
    const [databaseState, migrationsState, vaultState, temporalState] = await Promise.all([
      database(services),
      migrations(services),
      vault(services),
      temporal(services),
    ]);
    return {
      database: databaseState,
      migrations: migrationsState,
      vault: vaultState,
      temporal: temporalState,
      worker: workerState(),
      logReaders: logReaders(),
    };
  };
}

/** Whether this succeeds in time. */
export const responds = async (work: () => Promise<unknown>): Promise<boolean> => (await ask(work)) === 'ok';

async function ask(work: () => Promise<unknown>): Promise<'ok' | 'failed' | 'late'> {
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(late.resolve, checkTimeoutMs, 'late');
  const done = work().then(
    () => 'ok' as const,
    () => 'failed' as const,
  );
  return Promise.race([done, late.promise]).finally(() => clearTimeout(timer));
}
