export * from './credentials.ts';
export * from './events.ts';
export * from './exceptions.ts';
export * from './executions.ts';
export * from './playbooks.ts';
export * from './registry.ts';
export * from './tenants.ts';
export * from './webhooks.ts';
