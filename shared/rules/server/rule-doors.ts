import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import type { RuleServices } from './rule-context.ts';
import {
  archiveRule,
  createRule,
  readOneRule,
  readRules,
  reorderRules,
  restoreRule,
  updateRuleDocument,
} from './rule-service.ts';
import { tryRules } from './try-rules.ts';

/** Rules for new exceptions, for every door. Doors pass the context of a request as it is; each function names its errors. */
export function createRuleService(services: RuleServices) {
  const reading =
    <Args extends unknown[], Result>(read: (context: ReadContext<RuleServices>, ...args: Args) => Result) =>
    ({ identity }: ReadContext, ...args: Args): Result =>
      read({ services, identity }, ...args);
  const changing =
    <Args extends unknown[], Result>(
      change: (context: ChangeContext<RuleServices>, ...args: Args) => Result,
    ) =>
    ({ identity, requestId }: ChangeContext, ...args: Args): Result =>
      change({ services, identity, requestId }, ...args);
  return {
    list: reading(readRules),
    get: reading(readOneRule),
    try: reading(tryRules),
    create: changing(createRule),
    update: changing(updateRuleDocument),
    archive: changing(archiveRule),
    restore: changing(restoreRule),
    reorder: changing(reorderRules),
  };
}

export type RuleService = ReturnType<typeof createRuleService>;
