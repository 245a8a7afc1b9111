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
  ExceptionCreated: of('exceptions', 'exception opened', 'exceptions opened'),
  ExceptionResolved: of('exceptions', 'exception resolved', 'exceptions resolved'),
  ExceptionReopened: of('exceptions', 'exception reopened', 'exceptions reopened'),
  ToolExecutionFailed: of('executions', 'execution failed', 'executions failed'),
  ToolExecutionApprovalRequested: of('inbox', 'approval asked for', 'approvals asked for'),
  ToolExecutionQuarantined: of('executions', 'execution quarantined', 'executions quarantined'),
  PlaybookRunCompleted: of('playbooks', 'run completed', 'runs completed'),
  PlaybookRunFailed: of('playbooks', 'run failed', 'runs failed'),
  BatchEnded: of('batches', 'batch ended', 'batches ended'),
  BreakerOpened: of('settings', 'host paused', 'hosts paused'),
  CredentialExpired: of('settings', 'credential expired', 'credentials expired'),
  CredentialRefused: of('settings', 'credential refused', 'credentials refused'),
  ToolCreated: of('tools', 'tool created', 'tools created'),
  ToolUpdated: of('tools', 'tool changed', 'tools changed'),
  ToolDisabled: of('tools', 'tool disabled', 'tools disabled'),
  ConnectorUpdated: of('connectors', 'connector changed', 'connectors changed'),
  PlaybookPublished: of('playbooks', 'playbook published', 'playbooks published'),
  PolicyUpdated: of('settings', 'policy changed', 'policies changed'),
};
