/** Every type that is written to the event log. A name says what happened, in the past tense. */
export const eventTypes = [
  'ToolCreated',
  'ToolUpdated',
  'ToolRestored',
  'ToolArchived',
  'ToolDraftSaved',
  'ToolDraftDiscarded',
  'ToolUnarchived',
  'ToolEnabled',
  'ToolDisabled',
  'TrialStarted',
  'TrialChanged',
  'TrialPromoted',
  'TrialStopped',
  'ConnectorCreated',
  'ConnectorUpdated',
  'ConnectorRestored',
  'ConnectorArchived',
  'ConnectorUnarchived',
  'CredentialCreated',
  'CredentialUpdated',
  'CredentialRotated',
  'CredentialTested',
  'CredentialArchived',
  'CredentialExpiring',
  'CredentialExpired',
  'CredentialUsed',
  'CredentialRefused',
  'CredentialAccepted',
  'CredentialSignInBegun',
  'CredentialConnected',
  'CredentialDisconnected',
  'EgressSettingsChanged',
  'LimitsChanged',
  'BreakerOpened',
  'BreakerProbeFailed',
  'BreakerClosed',
  'BreakerHeld',
  'BreakerReset',
  'PolicyCreated',
  'PolicyUpdated',
  'PolicyRestored',
  'PolicyArchived',
  'PolicyUnarchived',
  'RedactionSettingsChanged',
  'RetentionSettingsChanged',
  'RecordsRemoved',
  'PersonSearched',
  'PersonExported',
  'PersonErasureRequested',
  'EventPartsErased',
  'PersonErased',
  'LegalHoldPlaced',
  'LegalHoldReleased',
  'ToolExecutionRequested',
  'ToolExecutionStarted',
  'ToolExecutionAttempted',
  'ToolExecutionCancelRequested',
  'ToolExecutionCompleted',
  'ToolExecutionFailed',
  'ToolExecutionQuarantined',
  'ToolExecutionReleased',
  'ToolExecutionSettled',
  'ToolExecutionApprovalRequested',
  'ToolExecutionApproved',
  'ToolExecutionApprovalWithdrawn',
  'ToolExecutionRejected',
  'ToolExecutionApprovalExpired',
  'ExceptionCreated',
  'ExceptionUpdated',
  'ExceptionAssigned',
  'ExceptionCommented',
  'ExceptionLinked',
  'ExceptionUnlinked',
  'ExceptionAttachmentAdded',
  'ExceptionAttachmentRemoved',
  'ExceptionResolved',
  'ExceptionReopened',
  'ExceptionSeenAgain',
  'ExceptionDomainChanged',
  'ExceptionRuleCreated',
  'ExceptionRuleUpdated',
  'ExceptionRuleArchived',
  'ExceptionRuleUnarchived',
  'ExceptionRulesReordered',
  'ExceptionRuleApplied',
  'ExceptionRuleFailed',
  'ViewSaved',
  'ViewRemoved',
  'DefaultViewChosen',
  'PlaybookCreated',
  'PlaybookDraftSaved',
  'PlaybookPublished',
  'PlaybookArchived',
  'PlaybookUnarchived',
  'PlaybookRunStarted',
  'PlaybookRunPauseRequested',
  'PlaybookRunPaused',
  'PlaybookRunResumeRequested',
  'PlaybookRunResumed',
  'PlaybookRunCancelRequested',
  'PlaybookRunCompleted',
  'PlaybookRunFailed',
  'PlaybookRunCancelled',
  'PlaybookRunQuarantined',
  'PlaybookRunReleased',
  'PlaybookEventKept',
  'StepOpened',
  'StepClaimed',
  'StepReleased',
  'StepAssigned',
  'StepReminded',
  'StepEscalated',
  'StepApproved',
  'StepApprovalWithdrawn',
  'StepRejected',
  'StepStarted',
  'StepCompleted',
  'StepSkipped',
  'StepFailed',
  'StepReopened',
  'StepOutcomeUnknown',
  'StepCompletionRefused',
  'NoticeSent',
  'NotificationSettingsChanged',
  'NotificationChannelCreated',
  'NotificationChannelUpdated',
  'NotificationChannelArchived',
  'NotificationChannelTested',
  'PushSubscriptionAdded',
  'PushSubscriptionRemoved',
  'WebhookEndpointCreated',
  'WebhookEndpointUpdated',
  'WebhookEndpointArchived',
  'WebhookEndpointUnarchived',
  'WebhookDeliveryFailed',
  'WebhookRedelivered',
  'InboundWebhookCreated',
  'InboundWebhookUpdated',
  'InboundWebhookArchived',
  'InboundWebhookUnarchived',
  'InboundWebhookTested',
  'InboundDeliveryProcessed',
  'InboundDeliveryFailed',
  'InboundDeliveryRedelivered',
  'ToolExecutionUndoRequested',
  'UndoStarted',
  'UndoContinued',
  'UndoStopped',
  'UndoEnded',
  'BatchStarted',
  'BatchPaused',
  'BatchResumed',
  'BatchCancelRequested',
  'BatchRetried',
  'BatchEnded',
  'ScheduleCreated',
  'ScheduleUpdated',
  'SchedulePaused',
  'ScheduleResumed',
  'ScheduleArchived',
  'ScheduleUnarchived',
  'ScheduleOwnerChanged',
  'ScheduleTriggered',
  'ScheduleBackfillRequested',
  'ScheduleFired',
  'ScheduleFireRefused',
  'ScheduleRunEnded',
  'ScheduleEnded',
  'DocumentRead',
  'DocumentImported',
  'ArtifactUploaded',
  'AuditExported',
  'EvidenceExported',
  'AuditSealBroken',
  'AuditProblemsAcknowledged',
  'AccessDenied',
  'SignInFailed',
  'SignedIn',
  'SignInMethodChanged',
  'MembershipSynchronized',
  'OrganizationCreated',
  'OrganizationRenamed',
  'MemberInvited',
  'InvitationResent',
  'InvitationRevoked',
  'MemberJoined',
  'MemberRolesChanged',
  'MemberRemoved',
  'ApiKeyCreated',
  'ApiKeyRotated',
  'ApiKeyRevoked',
  'ProfileChanged',
  'PasswordChanged',
  'SessionRevoked',
  'AppConnected',
  'AppDisconnected',
] as const;
export type EventType = (typeof eventTypes)[number];

/** "ToolExecutionRequested" as "Tool execution requested". */
export function eventWords(type: string): string {
  const words = type.replace(/(?<=[a-z])([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.replace(/^./, (letter) => letter.toUpperCase());
}

/** Also those that readers may already filter by, although nothing writes them yet. */
export const knownEventTypes = [...eventTypes] as const;

export type EventSubject =
  | 'tool'
  | 'connector'
  | 'credential'
  | 'policy'
  | 'execution'
  | 'settings'
  /** A person or an API key as they act; also a person's account and sessions. */
  | 'member'
  | 'invitation'
  | 'api_key'
  | 'organization'
  /** A search for a person's data; the id is that of the search. */
  | 'person'
  | 'exception'
  /** A rule for new exceptions. */
  | 'rule'
  | 'playbook'
  /** A run of a playbook. */
  | 'run'
  /** A step of a run. The id is that of the step run; `data` has `runId` and `stepId`. */
  | 'step'
  | 'webhook'
  /** A tool that sends notifications. */
  | 'notification_channel'
  /** An endpoint that receives; `data` of its deliveries has `deliveryId`. */
  | 'inbound_webhook'
  | 'import'
  | 'artifact'
  | 'batch'
  /** A series that undoes what a batch or a run has done. */
  | 'undo'
  /** `data` of its runs has `runId`. */
  | 'schedule'
  /** Calls of the tenant to one host. */
  | 'breaker'
  /** The log itself: an export of it, or an event or block that is not as it was sealed. */
  | 'audit';
