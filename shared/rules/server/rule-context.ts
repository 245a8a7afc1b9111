import type { Actor } from '../../identity/roles.ts';
import type { Accounts } from '../../identity/server/accounts.ts';
import type { PlaybookContext } from '../../playbooks/server/run-context.ts';
import type { RuleRow } from '../db/rules.ts';
import { type RuleDocument, ruleDocumentSchema } from '../rule-schemas.ts';

/** What evaluating rules needs. */
export type RuleServices = PlaybookContext & { accounts: Accounts };

/** Format of a stored document. */
export const ruleFormatVersion = 1;

/** A rule in its place. A draft has no id. */
export interface Rule extends RuleDocument {
  id: string | null;
}

export const ruleOf = ({ id, document }: Pick<RuleRow, 'id' | 'document'>): Rule & { id: string } => ({
  ...ruleDocumentSchema.parse(document),
  id,
});

/** The actor of what a rule does. */
export const ruleActor = ({ name }: Pick<Rule, 'name'>): Actor => ({
  type: 'system',
  id: 'rules',
  name: `Rule “${name}”`,
});
