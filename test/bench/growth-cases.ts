import {
  hasOpenExecutions,
  listExecutionsAfter,
  listForgottenExecutions,
  listOverdueExecutions,
  newestExecutionTime,
} from '../../shared/executions/db/executions-sweep.ts';
import type { SystemConnection } from '../../shared/platform/db/database.ts';
import { writeCursor } from '../../shared/platform/server/paging.ts';
import {
  listForgottenRuns,
  listRunsAfter,
  listUncancelledRuns,
} from '../../shared/playbooks/db/playbook-runs-sweep.ts';
import { leaseDeliveries } from '../../shared/webhooks/db/webhooks-sending.ts';
import { actorId, type Site } from './growth-site.ts';

type Case = (site: Site) => Promise<unknown>;

/** `list` and each of these filters, at the first page and, with `at`, in the middle. */
function pages<Filter extends object>(
  name: string,
  list: (site: Site, filter: Filter & { cursor?: string }) => Promise<unknown>,
  filters: [name: string, filter: (site: Site) => Filter][],
  at?: (site: Site, filter: Filter) => string,
): [string, Case][] {
  return filters.flatMap(([filterName, filter]): [string, Case][] => [
    [`${name}: ${filterName}`, (site) => list(site, filter(site))],
    ...(at
      ? [
          [
            `${name}: ${filterName}, deep`,
            (site) => list(site, { ...filter(site), cursor: at(site, filter(site)) }),
          ] as [string, Case],
        ]
      : []),
  ]);
}

const sweep =
  (work: (connection: SystemConnection) => Promise<unknown>): Case =>
  ({ services }) =>
    services.db.system(work);

const day = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * day).toISOString();

type Input<
  Key extends keyof Site['call'],
  Name extends keyof Site['call'][Key],
> = Site['call'][Key][Name] extends (input: infer Given) => unknown ? NonNullable<Given> : never;

/** Every list with its filters and orders, details and sweeps. @param limit items of a page */
export const casesOf = (limit: number): [name: string, run: Case][] => [
  ...pages<Input<'executions', 'list'>>(
    'executions',
    ({ call }, filter) => call.executions.list({ ...filter, limit }),
    [
      ['all', () => ({})],
      ['status=succeeded', () => ({ status: 'succeeded' })],
      ['status=failed', () => ({ status: 'failed' })],
      ['status=running', () => ({ status: 'running' })],
      ['failureCode=provider_error', () => ({ failureCode: 'provider_error' })],
      ['failureCode=outcome_unknown', () => ({ failureCode: 'outcome_unknown' })],
      ['failureCode=denied (none)', () => ({ failureCode: 'denied' })],
      ['approval=waiting', () => ({ approval: 'waiting' })],
      [
        'approval=waiting, a rare tool',
        ({ ground }) => ({ approval: 'waiting', toolId: ground.toolIds.at(-1)! }),
      ],
      ['approval=waiting, an actor', () => ({ approval: 'waiting', actor: actorId(20) })],
      ['approval=rejected', () => ({ approval: 'rejected' })],
      ['approval=expired (none)', () => ({ approval: 'expired' })],
      ['a frequent tool', ({ ground }) => ({ toolId: ground.toolIds[0]! })],
      ['a rare tool', ({ ground }) => ({ toolId: ground.toolIds.at(-1)! })],
      ['a frequent tool, failed', ({ ground }) => ({ toolId: ground.toolIds[0]!, status: 'failed' })],
      ['a rare tool, failed', ({ ground }) => ({ toolId: ground.toolIds.at(-1)!, status: 'failed' })],
      ['an exception', ({ middle }) => ({ exceptionId: middle.exception })],
      ['a frequent actor', () => ({ actor: actorId(1) })],
      ['an actor', () => ({ actor: actorId(20) })],
      ['an actor, failed', () => ({ actor: actorId(20), status: 'failed' })],
      ['a rare actor', () => ({ actor: actorId(99) })],
      ['no such actor', () => ({ actor: 'nobody' })],
      ['part of a name', () => ({ actor: 'person 2' })],
      ['a day', () => ({ from: ago(150), to: ago(149) })],
      ['a day, failed', () => ({ from: ago(150), to: ago(149), status: 'failed' })],
    ],
    ({ middle }) => middle.execution,
  ),
  ['execution, whole', async ({ call }) => call.executions.get({ id: await someExecution(call) })],
  ...pages<Input<'audit', 'list'>>('audit', ({ call }, filter) => call.audit.list({ ...filter, limit }), [
    ['address', () => ({ address: '192.0.2.1' })],
    ['address and time', () => ({ address: '192.0.2.1', from: ago(7) })],
  ]),
  ...pages<Input<'events', 'list'>>(
    'events',
    ({ call }, filter) => call.events.list({ ...filter, limit }),
    [
      ['all', () => ({})],
      ['type=ToolExecutionCompleted', () => ({ type: 'ToolExecutionCompleted' })],
      ['type=ToolExecutionFailed', () => ({ type: 'ToolExecutionFailed' })],
      ['type=ExceptionCreated', () => ({ type: 'ExceptionCreated' })],
      ['type=AccessDenied', () => ({ type: 'AccessDenied' })],
      ['type=ToolArchived (none)', () => ({ type: 'ToolArchived' })],
      ['subjectType=execution', () => ({ subjectType: 'execution' })],
      ['subjectType=exception', () => ({ subjectType: 'exception' })],
      ['subjectType=member', () => ({ subjectType: 'member' })],
      ['a subject', ({ middle }) => ({ subjectType: 'exception', subjectId: middle.exception })],
      ['a subject without its type', ({ middle }) => ({ subjectId: middle.exception })],
      ['a frequent actor', () => ({ actor: actorId(1) })],
      ['the worker', () => ({ actor: 'worker' })],
      ['an actor', () => ({ actor: actorId(20) })],
      ['an actor, type=ExceptionCreated', () => ({ actor: actorId(20), type: 'ExceptionCreated' })],
      ['a rare actor', () => ({ actor: actorId(99) })],
      ['no such actor', () => ({ actor: 'nobody' })],
      ['part of a name', () => ({ actor: 'person 2' })],
      ['a day', () => ({ from: ago(150), to: ago(149) })],
      ['a day, type=ExceptionCreated', () => ({ from: ago(150), to: ago(149), type: 'ExceptionCreated' })],
    ],
    ({ middle }) => writeCursor([middle.event]),
  ),
  ...(['newest', 'due', 'severity'] as const).flatMap((sort) =>
    pages<Input<'exceptions', 'list'>>(
      `exceptions by ${sort}`,
      ({ call }, filter) => call.exceptions.list({ ...filter, sort, limit }),
      [
        ['all', () => ({})],
        ['unresolved', () => ({ status: 'unresolved' })],
        ['in progress', () => ({ status: 'in_progress' })],
        ['resolved', () => ({ status: 'resolved' })],
        ['critical', () => ({ severity: 'critical' })],
        ['unresolved, critical', () => ({ status: 'unresolved', severity: 'critical' })],
        ['mine', () => ({ assignee: 'me' })],
        ['unresolved, mine', () => ({ status: 'unresolved', assignee: 'me' })],
        ['assignee=rare', () => ({ assignee: actorId(99) })],
        ['unresolved, unassigned', () => ({ status: 'unresolved', assignee: 'none' })],
        ['overdue', () => ({ due: 'overdue' })],
        ['due today', () => ({ due: 'today' })],
        ['due this week, mine', () => ({ due: 'week', assignee: 'me' })],
        ['domain=general', () => ({ domain: 'general' })],
        ['unresolved, domain=tax', () => ({ status: 'unresolved', domain: 'tax' })],
      ],
      ({ middle }, filter) =>
        writeCursor([
          sort,
          { newest: 0, due: middle.due, severity: filter.severity === 'critical' ? 4 : 2 }[sort],
          middle.exception,
        ]),
    ),
  ),
  ['exception, whole', ({ call, middle }) => call.exceptions.get({ id: middle.exception })],
  ['timeline', ({ call, middle }) => call.exceptions.timeline({ id: middle.exception })],
  ...pages<Input<'runs', 'list'>>(
    'runs',
    ({ call }, filter) => call.runs.list({ ...filter, limit }),
    [
      ['all', () => ({})],
      ['open', () => ({ status: 'open' })],
      ['waiting', () => ({ status: 'waiting' })],
      ['running (none)', () => ({ status: 'running' })],
      ['failed', () => ({ status: 'failed' })],
      ['cancelled', () => ({ status: 'cancelled' })],
      ['a playbook', ({ ground }) => ({ playbookId: ground.playbookIds[0]! })],
      ['a playbook, open', ({ ground }) => ({ playbookId: ground.playbookIds.at(-1)!, status: 'open' })],
      [
        'a playbook, cancelled',
        ({ ground }) => ({ playbookId: ground.playbookIds[0]!, status: 'cancelled' }),
      ],
      ['an exception', ({ middle }) => ({ exceptionId: middle.exception })],
    ],
    ({ middle }) => middle.run,
  ),
  ['run, whole', ({ call, middle }) => call.runs.get({ id: middle.run })],
  ...pages<Input<'inbox', 'list'>>(
    'inbox',
    ({ call }, filter) => call.inbox.list({ ...filter, limit }),
    [
      ['mine', () => ({ scope: 'mine' })],
      ['my roles', () => ({ scope: 'roles' })],
      ['all', () => ({ scope: 'all' })],
    ],
    ({ middle }) => writeCursor([middle.due, middle.run]),
  ),
  ['inbox, counted', ({ call }) => call.inbox.count()],
  ['notices', ({ call }) => call.inbox.notices()],
  ...pages<{ status?: 'failed' | 'pending' }>(
    'webhook deliveries',
    ({ call, ground }, filter) => call.webhooks.deliveries({ ...filter, id: ground.endpointId, limit }),
    [
      ['all', () => ({})],
      ['failed', () => ({ status: 'failed' })],
      ['pending', () => ({ status: 'pending' })],
    ],
    ({ middle }) => writeCursor([middle.run]),
  ),
  ['tools', ({ call }) => call.tools.list({ limit })],
  ['uses of a tool', ({ call, ground }) => call.tools.uses({ id: ground.toolIds[0]! })],
  ['playbooks', ({ call }) => call.playbooks.list({ limit })],
  ['playbook, whole', ({ call, ground }) => call.playbooks.get({ id: ground.playbookIds[0]! })],
  [
    'sweep: forgotten executions',
    sweep((connection) =>
      listForgottenExecutions(connection, { waitedMs: 3000, owedMs: 10_000, limit: 500, except: [] }),
    ),
  ],
  ['sweep: overdue', sweep((connection) => listOverdueExecutions(connection, { graceMs: 5000, limit: 50 }))],
  [
    'sweep: sample of executions',
    sweep((connection) =>
      listExecutionsAfter(connection, {
        after: '00000000-0000-0000-0000-000000000000',
        runningMs: 3000,
        requestedMs: 10_000,
        limit: 100,
      }),
    ),
  ],
  ['sweep: any open', sweep((connection) => hasOpenExecutions(connection, 500))],
  ['sweep: newest', sweep(newestExecutionTime)],
  [
    'sweep: forgotten runs',
    sweep((connection) => listForgottenRuns(connection, { olderThanMs: 3000, limit: 50, except: [] })),
  ],
  ['sweep: runs to cancel', sweep((connection) => listUncancelledRuns(connection, 2000))],
  [
    'sweep: sample of runs',
    sweep((connection) =>
      listRunsAfter(connection, { after: '00000000-0000-0000-0000-000000000000', limit: 20 }),
    ),
  ],
  [
    'sweep: due deliveries',
    sweep((connection) =>
      leaseDeliveries(connection, {
        room: { free: 10, endpoints: new Map(), tenants: new Map(), perEndpoint: 5, perTenant: 10 },
        leaseMs: 10_000,
      }),
    ),
  ],
];

async function someExecution(call: Site['call']): Promise<string> {
  const { items } = await call.executions.list({ limit: 1 });
  return items[0]!.id;
}
