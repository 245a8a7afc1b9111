import type { LinkProps } from '@tanstack/solid-router';
import type { AuditProblem } from '../../../shared/events/audit-schemas.ts';
import { type EventSubject, eventWords } from '../../../shared/events/event-types.ts';
import { exceptionLabel } from '../../../shared/exceptions/exception-number.ts';
import type { Door } from '../../../shared/identity/doors.ts';
import type { Outputs } from '../../api/trpc.ts';
import { t } from '../../words/words.ts';

export type AuditRow = Outputs['audit']['list']['items'][number];

/** "ToolExecutionRequested" as "Tool execution requested", in the language of the page. */
export const auditWord = (type: string): string => t(eventWords(type));

export const doorWords: Record<Door, string> = {
  web: t('Page'),
  rest: t('REST API'),
  cli: t('Command line'),
  trpc: 'tRPC',
  mcp: t('MCP'),
  schedule: t('Schedule'),
  worker: t('Interlock'),
};

/** "Page, from 10.0.0.7". */
export function originWords({ door, address }: Pick<AuditRow, 'door' | 'address'>): string {
  if (!door) return t('Not recorded');
  return address ? t`${doorWords[door]}, from ${address}` : doorWords[door];
}

/** The page of what an event is about; null when it has none. */
export function subjectLink(tenant: string, event: AuditRow): LinkProps | null {
  const { subjectType, subjectId: id, data } = event;
  switch (subjectType) {
    case 'tool':
      return { to: '/t/$tenant/tools/$toolId', params: { tenant, toolId: id } };
    case 'connector':
      return { to: '/t/$tenant/connectors/$connectorId', params: { tenant, connectorId: id } };
    case 'execution':
      return { to: '/t/$tenant/executions/$executionId', params: { tenant, executionId: id } };
    case 'exception':
      return { to: '/t/$tenant/exceptions/$exceptionId', params: { tenant, exceptionId: id } };
    case 'playbook':
      return { to: '/t/$tenant/playbooks/$playbookId', params: { tenant, playbookId: id } };
    case 'schedule':
      return { to: '/t/$tenant/schedules/$scheduleId', params: { tenant, scheduleId: id } };
    case 'run':
      return { to: '/t/$tenant/playbook-runs/$runId', params: { tenant, runId: id } };
    case 'step':
      return typeof data.runId === 'string'
        ? { to: '/t/$tenant/playbook-runs/$runId', params: { tenant, runId: data.runId } }
        : null;
    default:
      return null;
  }
}

const subjects: Record<EventSubject, string> = {
  tool: t('Tool'),
  connector: t('Connector'),
  credential: t('Credential'),
  policy: t('Policy'),
  execution: t('Execution'),
  settings: t('Settings'),
  member: t('Member'),
  invitation: t('Invitation'),
  api_key: t('API key'),
  organization: t('Organization'),
  person: t('Person'),
  exception: t('Exception'),
  rule: t('Rule'),
  playbook: t('Playbook'),
  run: t('Playbook run'),
  step: t('Step'),
  webhook: t('Webhook'),
  notification_channel: t('Notification channel'),
  inbound_webhook: t('Inbound webhook'),
  import: t('Import of tools'),
  artifact: t('File'),
  batch: t('Batch'),
  undo: t('Undo'),
  schedule: t('Schedule'),
  breaker: t('Host'),
  audit: t('Audit trail'),
};

/** What an event is about, by the names that it has. */
export function subjectWords({ subjectType, data }: AuditRow): string {
  const named = [data.title, data.toolName, data.playbookTitle, data.name].find(
    (each): each is string => typeof each === 'string' && each !== '',
  );
  const kind = subjects[subjectType as EventSubject] ?? subjectType;
  if (subjectType === 'exception' && typeof data.number === 'number') return exceptionLabel(data.number);
  return named ? `${kind} ${named}` : kind;
}

const problemKinds: Record<AuditProblem['kind'], string> = {
  altered: t('was changed after it was sealed'),
  missing: t('was removed after it was sealed'),
  added: t('was added behind the seal'),
  block: t('does not follow the block before it'),
  head: t('is not the one that was signed'),
  cut: t('and what came before it are missing from the chain'),
};

/** "Event 51234 was changed after it was sealed". */
export function problemWords({ kind, block, eventId }: AuditProblem): string {
  return `${eventId === null ? t`Block ${block}` : t`Event ${eventId}`} ${problemKinds[kind]}`;
}
