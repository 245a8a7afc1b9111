import type { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
import type { Severity } from '../../exceptions/exception-schemas.ts';
import { exceptionNotFound } from '../../exceptions/server/exception-views.ts';
import { findException } from '../../exceptions/server/find-exception.ts';
import type { Opening } from '../../exceptions/server/opening-rules.ts';
import { authorize } from '../../identity/roles.ts';
import { findMember } from '../../identity/server/members.ts';
import { listRules } from '../db/rules.ts';
import type { RuleTrial, tryRulesInputSchema } from '../rule-schemas.ts';
import { askRules } from './ask-rules.ts';
import { checkRule } from './check-rule.ts';
import { type Rule, type RuleServices, ruleOf } from './rule-context.ts';

type Reading = ReadContext<RuleServices>;
type Sent = z.output<typeof tryRulesInputSchema>;

/**
 * What the rules would set of an exception, which of them apply, and why the others do not. Nothing is stored or started.
 * @throws InterlockError `not_found`, `invalid_definition` for the draft, or `forbidden` when a draft is sent by someone
 * who may not write rules
 */
export async function tryRules(
  context: Reading,
  { exceptionId, exception, draft }: Sent,
): Promise<RuleTrial> {
  const { services, identity } = context;
  const { tenantId } = identity;
  if (draft) authorize(identity, 'rules.write');
  const rules: Rule[] = (await services.db.tenant(tenantId, listRules)).map(ruleOf);
  if (draft) {
    const tried = { ...(await checkRule(services, tenantId, draft.rule)), id: draft.id ?? null };
    const at = rules.findIndex(({ id }) => id !== null && id === draft.id);
    if (at < 0) rules.push({ ...tried, id: null });
    else rules[at] = tried;
  }
  const { opening, severity } =
    exceptionId === undefined
      ? { opening: await openingOf(context, exception!), severity: exception?.severity }
      : await again(context, exceptionId);
  const { findings } = await askRules({ services, tenantId }, rules, opening, severity);
  return {
    rules: findings.map(({ rule, ...finding }) => ({ id: rule.id, name: rule.name, ...finding })),
    result: findings.flatMap(({ rule, sets }) => sets.map((set) => ({ ...set, rule: rule.name }))),
  };
}

/** An existing exception as if nothing of it was chosen that rules may set; conditions see its severity. */
async function again(
  { services, identity }: Reading,
  reference: string,
): Promise<{ opening: Opening; severity: Severity }> {
  const row = await services.db.tenant(identity.tenantId, (connection) =>
    findException(connection, reference),
  );
  if (!row) throw exceptionNotFound();
  const { title, description, domain, source, attributes, severity } = row;
  return { opening: { title, description, domain, source, attributes }, severity };
}

async function openingOf(
  { services, identity: { tenantId } }: Reading,
  { dueAt, assignee, ...sent }: NonNullable<Sent['exception']>,
): Promise<Opening> {
  const members = assignee == null ? [] : await services.accounts.members(tenantId);
  return {
    ...sent,
    dueAt: dueAt == null ? dueAt : new Date(dueAt),
    assignee: assignee == null ? assignee : findMember(members, assignee),
  };
}
