import { defaultSeverity, type Severity } from '../../exceptions/exception-schemas.ts';
import type { Opening } from '../../exceptions/server/opening-rules.ts';
import { anyoneWith } from '../../identity/roles.ts';
import { findMember, type Member } from '../../identity/server/members.ts';
import { durationMs } from '../../platform/duration.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonObject } from '../../platform/json.ts';
import { ExpressionError, evaluateExpression, resolveTemplate } from '../../platform/server/expressions.ts';
import { type PreparedRun, prepareRun } from '../../playbooks/server/prepare-run.ts';
import type { RuleField, RuleOutcome, RuleSetting } from '../rule-schemas.ts';
import { membersWith } from './choose-member.ts';
import type { Rule, RuleServices } from './rule-context.ts';

/** For the conditions of all rules together; what has none is always asked. */
const budgetMs = 2000;

/** What one rule says about a new exception. */
export interface Finding {
  rule: Rule;
  outcome: RuleOutcome;
  reason: string | null;
  problem: string | null;
  sets: RuleSetting[];
}

/** What the rules have set. A role becomes a member in the transaction that opens the exception. */
export interface Settled {
  severity?: Severity;
  dueAt?: Date;
  assignee?: { candidates: [Member, ...Member[]] };
  run?: { prepared: PreparedRun; rule: Rule };
}

export interface Asked {
  findings: Finding[];
  settled: Settled;
}

interface Asking {
  services: RuleServices;
  tenantId: string;
  /** What expressions see of it; a rule sees what those above it have set. */
  facts: JsonObject;
  settled: Settled;
  /** What no rule may set any more. */
  taken: Set<RuleField>;
  /** When the time for conditions is over, as `performance.now()` says it. */
  until: number;
  members: () => Promise<Member[]>;
}

/**
 * Asks the rules about an exception, from top to bottom. Nothing is stored.
 * @param severity what conditions see, as long as no rule has set another
 */
export async function askRules(
  { services, tenantId }: { services: RuleServices; tenantId: string },
  rules: readonly Rule[],
  opening: Opening,
  severity = opening.severity ?? defaultSeverity,
): Promise<Asked> {
  let members: Promise<Member[]> | undefined;
  const asking: Asking = {
    services,
    tenantId,
    facts: factsOf(opening, severity),
    settled: {},
    taken: new Set(
      (['severity', 'dueAt', 'assignee'] as const).filter((field) => opening[field] !== undefined),
    ),
    until: performance.now() + budgetMs,
    members: () => (members ??= services.accounts.members(tenantId)),
  };
  const findings: Finding[] = [];
  let stoppedBy: Rule | undefined;
  for (const rule of rules) {
    const finding: Finding = { rule, outcome: 'applies', reason: null, problem: null, sets: [] };
    findings.push(finding);
    if (!rule.enabled) Object.assign(finding, { outcome: 'disabled', reason: 'It is disabled.' });
    else if (stoppedBy)
      Object.assign(finding, { outcome: 'not_asked', reason: `“${stoppedBy.name}” ends the rules.` });
    else {
      Object.assign(finding, await whyNot(asking, rule));
      if (finding.outcome === 'applies') {
        await apply(asking, finding);
        if (rule.stop) stoppedBy = rule;
      }
    }
  }
  return { findings, settled: asking.settled };
}

const factsOf = (opening: Opening, severity: Severity): JsonObject => ({
  title: opening.title,
  description: opening.description,
  domain: opening.domain,
  severity,
  status: 'open',
  assignee: opening.assignee?.name ?? null,
  source: opening.source,
  dueAt: opening.dueAt?.toISOString() ?? null,
  attributes: opening.attributes as JsonObject,
});

/** Null when everything that the rule asks for holds. */
async function whyNot(
  { facts, tenantId, until }: Asking,
  { when }: Rule,
): Promise<(Pick<Finding, 'outcome'> & Partial<Finding>) | null> {
  const not = (reason: string) => ({ outcome: 'does_not_apply', reason }) as const;
  const { domain, severity } = facts;
  if (when.domains.length > 0 && !when.domains.some((each) => each === domain))
    return not(`The domain is ${String(domain)}.`);
  if (when.severities.length > 0 && !when.severities.some((each) => each === severity))
    return not(`The severity is ${String(severity)}.`);
  if (when.condition === undefined) return null;
  if (performance.now() > until)
    return {
      outcome: 'failed',
      problem: `Its condition was not evaluated: those above it took more than ${budgetMs / 1000} seconds.`,
    };
  try {
    const value = await evaluateExpression(when.condition, { exception: facts }, '', tenantId);
    if (value === true) return null;
    if (value === false) return not('Its condition is not met.');
    if (value === null) return not('Its condition has no value here, which counts as false.');
    return { outcome: 'failed', problem: 'Its condition has another value than true or false.' };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { outcome: 'failed', problem: `Its condition could not be evaluated. ${error.message}.` };
  }
}

/** Sets what is still open. What cannot be set is left to the rules below. */
async function apply(asking: Asking, finding: Finding): Promise<void> {
  const { settled, facts, taken } = asking;
  const { severity, assignee, dueIn, playbookId } = finding.rule.set;
  const problems: string[] = [];
  const set = (field: RuleField, value: string) => {
    taken.add(field);
    finding.sets.push({ field, value });
  };
  if (severity !== undefined && !taken.has('severity')) {
    settled.severity = severity;
    facts.severity = severity;
    set('severity', severity);
  }
  if (dueIn !== undefined && !taken.has('dueAt')) {
    settled.dueAt = new Date(Date.now() + (durationMs(dueIn) ?? 0));
    facts.dueAt = settled.dueAt.toISOString();
    set('dueAt', facts.dueAt);
  }
  if (assignee !== undefined && !taken.has('assignee')) {
    const found = await candidatesOf(asking, assignee);
    if ('problem' in found) problems.push(found.problem);
    else {
      const { candidates, value } = found;
      settled.assignee = { candidates };
      if (candidates.length === 1) facts.assignee = candidates[0].name;
      set('assignee', value);
    }
  }
  if (playbookId !== undefined && !taken.has('playbook')) {
    const found = await runOf(asking, finding.rule, playbookId);
    if ('problem' in found) problems.push(found.problem);
    else {
      settled.run = { prepared: found, rule: finding.rule };
      set('playbook', found.playbook.title);
    }
  }
  if (problems.length > 0) finding.problem = problems.join(' ');
}

async function candidatesOf(
  { members }: Asking,
  { user, role }: NonNullable<Rule['set']['assignee']>,
): Promise<{ candidates: [Member, ...Member[]]; value: string } | { problem: string }> {
  const all = await members();
  if (role === undefined) {
    const member = findMember(all, user ?? '');
    return member
      ? { candidates: [member], value: member.name }
      : { problem: 'Its assignee is not a member of this organization any more.' };
  }
  const [first, ...others] = membersWith(all, role);
  return first
    ? { candidates: [first, ...others], value: others.length > 0 ? anyoneWith(role) : first.name }
    : { problem: `There is not ${anyoneWith(role)} to assign it to.` };
}

async function runOf(
  { services, tenantId, facts }: Asking,
  { set: { input = {} } }: Rule,
  playbookId: string,
): Promise<PreparedRun | { problem: string }> {
  try {
    const sent = await resolveTemplate(input as JsonObject, { exception: facts }, '/set/input', tenantId);
    return await prepareRun(services, tenantId, playbookId, sent ?? {});
  } catch (error) {
    if (error instanceof ExpressionError)
      return {
        problem: `Its playbook did not start. The input has no value at ${error.path}: ${error.message}.`,
      };
    if (error instanceof InterlockError && error.code !== 'unavailable')
      return { problem: `Its playbook did not start. ${error.message}` };
    throw error;
  }
}
