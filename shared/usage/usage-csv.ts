import type { StatsOutput } from './stats-schemas.ts';
import type { ConnectorUsage, HomeUsage, PlaybookUsage, ToolUsage } from './usage-schemas.ts';

/** A row of the table that usage is as CSV: which part of it, of what, and its numbers. */
export type UsageRow = Readonly<Record<string, unknown>> & { part: string };

const rows = <Item extends object>(part: string, items: readonly Item[], of?: keyof Item): UsageRow[] =>
  items.map((item) => {
    const {
      [of as never]: name,
      doors: _doors,
      outcomes: _outcomes,
      ...numbers
    } = item as Record<string, unknown>;
    return { part, ...(of !== undefined && { of: name }), ...numbers };
  });

const spanOf = ({ from, to }: ToolUsage['period']) => ({ from, to });

/** Of a tool or a connector: in all, by time, why they failed, by version, by caller with its doors, and by door. */
export const toolUsageRows = (usage: ToolUsage & Partial<Pick<ConnectorUsage, 'tools'>>): UsageRow[] => [
  { part: 'total', ...spanOf(usage.period), ...usage.calls.total },
  { part: 'previous', ...usage.period.previous, ...usage.calls.previous },
  ...rows('time', usage.calls.buckets),
  ...rows('failure', usage.failures, 'code'),
  ...rows('version', usage.versions, 'version'),
  ...rows('tool', usage.tools ?? [], 'name'),
  ...usage.callers.flatMap((caller) =>
    caller.doors.map(({ door, ...numbers }) => {
      const { kind, id, name } = caller;
      return { part: 'caller', of: name ?? kind, kind, id, door: door ?? 'not_recorded', ...numbers };
    }),
  ),
  ...rows(
    'door',
    usage.doors.map(({ door, ...numbers }) => ({ door: door ?? 'not_recorded', ...numbers })),
  ),
];

export const playbookUsageRows = ({ period, runs, steps, versions }: PlaybookUsage): UsageRow[] => [
  { part: 'total', ...spanOf(period), ...runs.total },
  { part: 'previous', ...period.previous, ...runs.previous },
  ...rows('time', runs.buckets),
  ...rows('version', versions, 'version'),
  ...rows('step', steps, 'stepId'),
  ...steps.flatMap(({ stepId, outcomes }) =>
    outcomes.map(({ outcome, count }) => ({ part: 'outcome', of: stepId, outcome, count })),
  ),
];

export const homeUsageRows = (usage: HomeUsage): UsageRow[] => [
  { part: 'total', ...spanOf(usage.period), ...usage.calls.total },
  { part: 'previous', ...usage.period.previous, ...usage.calls.previous },
  ...rows('time', usage.calls.buckets),
  ...rows('tool', usage.tools, 'name'),
  ...rows('connector', usage.connectors, 'name'),
  { part: 'runs', ...usage.runs.total },
  { part: 'runs before', ...usage.runs.previous },
  { part: 'exceptions', ...usage.exceptions.total },
  { part: 'exceptions before', ...usage.exceptions.previous },
  ...rows('exceptions by time', usage.exceptions.buckets),
  ...rows('waiting by age', usage.waiting.ages),
];

export const statsRows = ({ from, to, total, buckets }: StatsOutput): UsageRow[] => [
  { part: 'total', from, to, ...total },
  ...rows('time', buckets),
];
