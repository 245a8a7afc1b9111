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
] as const;
export type EventType = (typeof eventTypes)[number];

export type EventSubject = 'tool' | 'connector' | 'credential' | 'execution' | 'settings' | 'member';
