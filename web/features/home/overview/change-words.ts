import { t } from '../../../words/words.ts';

interface ChangeWords {
  /** Of one, and of several. */
  of: readonly [string, string];
  /** Where they are listed. */
  list: string;
}

const of = (list: string, one: string, several: string): ChangeWords => ({
  of: [one, several],
  list: `/t/$tenant/${list}`,
});

/** Changes in words, after their number; by the type of the event. */
export const changeWords: Readonly<Record<string, ChangeWords>> = {
  ExceptionCreated: of('exceptions', t('exception opened'), t('exceptions opened')),
  ExceptionResolved: of('exceptions', t('exception resolved'), t('exceptions resolved')),
  ExceptionReopened: of('exceptions', t('exception reopened'), t('exceptions reopened')),
  ToolExecutionFailed: of('executions', t('execution failed'), t('executions failed')),
  ToolExecutionApprovalRequested: of('inbox', t('approval asked for'), t('approvals asked for')),
  ToolExecutionQuarantined: of('executions', t('execution quarantined'), t('executions quarantined')),
  PlaybookRunCompleted: of('playbooks', t('run completed'), t('runs completed')),
  PlaybookRunFailed: of('playbooks', t('run failed'), t('runs failed')),
  BatchEnded: of('batches', t('batch ended'), t('batches ended')),
  BreakerOpened: of('settings', t('host paused'), t('hosts paused')),
  CredentialExpired: of('settings', t('credential expired'), t('credentials expired')),
  CredentialRefused: of('settings', t('credential refused'), t('credentials refused')),
  ToolCreated: of('tools', t('tool created'), t('tools created')),
  ToolUpdated: of('tools', t('tool changed'), t('tools changed')),
  ToolDisabled: of('tools', t('tool disabled'), t('tools disabled')),
  ConnectorUpdated: of('connectors', t('connector changed'), t('connectors changed')),
  PlaybookPublished: of('playbooks', t('playbook published'), t('playbooks published')),
  PolicyUpdated: of('settings', t('policy changed'), t('policies changed')),
};
