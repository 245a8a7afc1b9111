export * from '../../events/db/tables.ts';
export * from '../../exceptions/db/tables.ts';
export * from '../../executions/db/tables.ts';
export * from '../../identity/db/tables.ts';
export * from '../../playbooks/db/tables.ts';
export * from '../../tools/db/credential-tables.ts';
export * from '../../tools/db/tables.ts';
export * from '../../webhooks/db/tables.ts';
