/** Every type of the one event log. A name says what happened, in the past tense. */
export const eventTypes = [
  'ToolCreated',
  'ToolUpdated',
  'ToolRestored',
  'ToolArchived',
  'ToolEnabled',
  'ToolDisabled',
  'ConnectorCreated',
  'ConnectorUpdated',
  'ConnectorArchived',
  'CredentialCreated',
  'CredentialRotated',
  'CredentialUsed',
  'EgressSettingsChanged',
  'AccessDenied',
  'ToolExecutionRequested',
  'ToolExecutionStarted',
  'ToolExecutionAttempted',
  'ToolExecutionCancelRequested',
  'ToolExecutionCompleted',
  'ToolExecutionFailed',
  'ExceptionCreated',
  'ExceptionUpdated',
  'ExceptionAssigned',
  'ExceptionCommented',
  'ExceptionLinked',
  'ExceptionUnlinked',
  'ExceptionResolved',
  'ExceptionReopened',
  'ExceptionDomainChanged',
  'PlaybookCreated',
  'PlaybookDraftSaved',
  'PlaybookPublished',
  'PlaybookArchived',
  'PlaybookRunStarted',
  'PlaybookRunPaused',
  'PlaybookRunResumed',
  'PlaybookRunCancelRequested',
  'PlaybookRunCompleted',
  'PlaybookRunFailed',
  'PlaybookRunCancelled',
  'StepOpened',
  'StepClaimed',
  'StepReleased',
  'StepAssigned',
  'StepReminded',
  'StepEscalated',
  'StepApproved',
  'StepRejected',
  'StepStarted',
  'StepCompleted',
  'StepSkipped',
  'StepFailed',
  'StepReopened',
  'StepOutcomeUnknown',
  'StepCompletionRefused',
  'NoticeSent',
  'WebhookEndpointCreated',
  'WebhookEndpointUpdated',
  'WebhookEndpointArchived',
  'WebhookDeliveryFailed',
] as const;
export type EventType = (typeof eventTypes)[number];

export type EventSubject =
  | 'tool'
  | 'connector'
  | 'credential'
  | 'execution'
  | 'settings'
  | 'member'
  | 'exception'
  | 'playbook'
  /** A run of a playbook. */
  | 'run'
  /** A step of a run; the id is the step run's, `data` holds `runId` and `stepId`. */
  | 'step'
  | 'webhook';
