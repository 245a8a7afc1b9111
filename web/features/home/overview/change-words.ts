import { counted } from '../../../words/words.ts';

interface ChangeWords {
  /** With the number as it is shown. */
  words: (count: number, shown: string) => string;
  /** Where they are listed. */
  list: string;
}

const of = (list: string, words: ChangeWords['words']): ChangeWords => ({
  words,
  list: `/t/$tenant/${list}`,
});

/** Changes in words, by the type of the event. */
export const changeWords: Readonly<Record<string, ChangeWords>> = {
  ExceptionCreated: of('exceptions', (count, shown) =>
    counted(count, '{1} exception opened|{1} exceptions opened', shown),
  ),
  ExceptionResolved: of('exceptions', (count, shown) =>
    counted(count, '{1} exception resolved|{1} exceptions resolved', shown),
  ),
  ExceptionReopened: of('exceptions', (count, shown) =>
    counted(count, '{1} exception reopened|{1} exceptions reopened', shown),
  ),
  ToolExecutionFailed: of('executions', (count, shown) =>
    counted(count, '{1} execution failed|{1} executions failed', shown),
  ),
  ToolExecutionApprovalRequested: of('inbox', (count, shown) =>
    counted(count, '{1} approval asked for|{1} approvals asked for', shown),
  ),
  ToolExecutionQuarantined: of('executions', (count, shown) =>
    counted(count, '{1} execution quarantined|{1} executions quarantined', shown),
  ),
  PlaybookRunCompleted: of('playbooks', (count, shown) =>
    counted(count, '{1} run completed|{1} runs completed', shown),
  ),
  PlaybookRunFailed: of('playbooks', (count, shown) =>
    counted(count, '{1} run failed|{1} runs failed', shown),
  ),
  BatchEnded: of('batches', (count, shown) => counted(count, '{1} batch ended|{1} batches ended', shown)),
  BreakerOpened: of('settings', (count, shown) => counted(count, '{1} host paused|{1} hosts paused', shown)),
  CredentialExpired: of('settings', (count, shown) =>
    counted(count, '{1} credential expired|{1} credentials expired', shown),
  ),
  CredentialRefused: of('settings', (count, shown) =>
    counted(count, '{1} credential refused|{1} credentials refused', shown),
  ),
  ToolCreated: of('tools', (count, shown) => counted(count, '{1} tool created|{1} tools created', shown)),
  ToolUpdated: of('tools', (count, shown) => counted(count, '{1} tool changed|{1} tools changed', shown)),
  ToolDisabled: of('tools', (count, shown) => counted(count, '{1} tool disabled|{1} tools disabled', shown)),
  ConnectorUpdated: of('connectors', (count, shown) =>
    counted(count, '{1} connector changed|{1} connectors changed', shown),
  ),
  PlaybookPublished: of('playbooks', (count, shown) =>
    counted(count, '{1} playbook published|{1} playbooks published', shown),
  ),
  PolicyUpdated: of('settings', (count, shown) =>
    counted(count, '{1} policy changed|{1} policies changed', shown),
  ),
  PolicyRestored: of('settings', (count, shown) =>
    counted(count, '{1} policy restored|{1} policies restored', shown),
  ),
};
