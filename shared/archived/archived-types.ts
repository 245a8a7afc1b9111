/** What can be archived and restored. The value of a credential is erased when it is archived, so it is not among them. */
export const archivedTypes = [
  'tool',
  'connector',
  'playbook',
  'policy',
  'rule',
  'schedule',
  'webhook',
  'inbound_webhook',
] as const;
export type ArchivedType = (typeof archivedTypes)[number];
