import { hasRole, type Role, roles } from '../identity/roles.ts';
import { durationMs, durationWords } from '../platform/duration.ts';
import { isWithin } from './hours.ts';
import {
  type PolicyApproval,
  type PolicyDecision,
  type PolicyDocument,
  policyDocumentSchema,
  type ToolSelector,
} from './policy-schemas.ts';
import { rateWords, rolesWords } from './policy-words.ts';

/** A policy in force. */
export interface Policy extends PolicyDocument {
  id: string;
  name: string;
}

/** What a selector can tell tools by. */
export interface PolicyTool {
  toolId: string;
  connectorId: string | null;
  definition: { category: string; tags: readonly string[] };
}

/** What of a call is known without its input. */
export interface Caller {
  /** Null: not known. Then a policy for some roles restricts, and does not permit. */
  roles: readonly Role[] | null;
  at: Date;
}

/** Why a policy does not concern a call. */
export type Unmet = 'roles' | 'hours' | 'when' | 'schema' | 'rate';

/** What was found about one policy that is about the tool. */
export interface Finding {
  policy: Policy;
  /** Null: it concerns the call. */
  unmet: Unmet | null;
  /** Whether it concerns the call could not be found out: completes "its condition …". The call is then refused. */
  problem?: string;
}

export function isAbout({ id, tag, category, connectorId }: ToolSelector, tool: PolicyTool): boolean {
  const { definition } = tool;
  return (
    (id === undefined || id === tool.toolId) &&
    (tag === undefined || definition.tags.includes(tag)) &&
    (category === undefined || category === definition.category) &&
    (connectorId === undefined || connectorId === tool.connectorId)
  );
}

/** Whether the policy concerns this caller at this time; null: it does, as far as that says. */
export function unmetByCaller(
  { effect, roles: named, hours }: Policy,
  { roles: held, at }: Caller,
): Unmet | null {
  if (named.length > 0) {
    const concerns =
      effect === 'allow'
        ? held !== null && named.some((role) => hasRole(held, role))
        : held === null || named.some((role) => held.includes(role));
    if (!concerns) return 'roles';
  }
  return hours && !isWithin(hours, at) ? 'hours' : null;
}

const none: PolicyDecision = {
  effect: 'allow',
  policyId: null,
  policyName: null,
  reason: 'No policy concerns this call.',
  approval: null,
};

/**
 * The decision on a call, from what was found about every policy in force that is about its tool. In this order:
 * 1. what could not be found out refuses the call;
 * 2. `deny` wins;
 * 3. `require_approval`: where several concern the call, all of their demands together;
 * 4. `allow`;
 * 5. a tool that an `allow` policy is about runs only what a policy concerns, as in AWS IAM: else it is denied;
 * 6. a tool that only the others are about runs what none of them concerns.
 */
export function decide(findings: readonly Finding[]): PolicyDecision {
  const failed = findings.find(({ problem }) => problem !== undefined);
  if (failed) {
    const reason = `The condition of “${failed.policy.name}” ${failed.problem}, so the call is refused.`;
    return decision('deny', failed.policy, reason);
  }
  const concerning = findings.filter(({ unmet }) => unmet === null).map(({ policy }) => policy);
  const denying = concerning.find(({ effect }) => effect === 'deny');
  if (denying) return decision('deny', denying, `“${denying.name}” denies this call.`);
  const asking = concerning.filter(({ effect }) => effect === 'require_approval');
  if (asking.length > 0) return approvalOf(asking);
  const allowing = concerning.find(({ effect }) => effect === 'allow');
  if (allowing) return decision('allow', allowing, `“${allowing.name}” allows this call.`);
  const closed = findings.find(({ policy }) => policy.effect === 'allow');
  if (!closed) return none;
  const reason = `This tool runs only what a policy allows, and “${closed.policy.name}” does not allow this call: ${unmetWords(closed)}.`;
  return decision('deny', closed.policy, reason);
}

/** Why it does not concern the call: completes "…, because …"; null when it does. */
export function unmetWords({ policy, unmet }: Pick<Finding, 'policy' | 'unmet'>): string | null {
  switch (unmet) {
    case null:
      return null;
    case 'roles':
      return `it is for ${rolesWords(policy.roles)}`;
    case 'hours':
      return 'it is outside of its hours';
    case 'rate': {
      const limit = policy.rate ? `its limit of ${rateWords(policy.rate)}` : 'its limit';
      return policy.effect === 'allow' ? `${limit} is used up` : `${limit} is not reached`;
    }
    case 'when':
      return 'the input does not meet its condition';
    case 'schema':
      return 'the input does not match its schema';
  }
}

function decision(effect: 'allow' | 'deny', { id, name }: Policy, reason: string): PolicyDecision {
  return { effect, policyId: id, policyName: name, reason, approval: null };
}

/** All demands together, in the name of the policy that demands most. */
function approvalOf(asking: readonly Policy[]): PolicyDecision {
  const demands = asking.map((policy) => ({ policy, demand: demandOf(policy) }));
  demands.sort((one, other) => other.demand.required - one.demand.required);
  const [{ policy: first, demand: most }] = demands as [(typeof demands)[number]];
  const all = demands.map(({ demand }) => demand);
  const approval = {
    required: most.required,
    roles: rolesForAll(all.map((demand) => demand.roles)) ?? most.roles,
    fourEyes: all.some(({ fourEyes }) => fourEyes),
    expiresInMs: Math.min(...all.map(({ expiresIn }) => durationMs(expiresIn) ?? 0)),
  };
  const many = approval.required === 1 ? 'an approval' : `${approval.required} approvals`;
  const others = asking.length > 1 ? `, together with ${asking.length - 1} more` : '';
  const reason = `“${first.name}”${others} requires ${many} by ${rolesWords(approval.roles, 'or')} within ${durationWords(approval.expiresInMs)}.`;
  return { effect: 'require_approval', policyId: first.id, policyName: first.name, reason, approval };
}

const standard = policyDocumentSchema.shape.approval.unwrap().parse({});
const demandOf = ({ approval }: Policy): PolicyApproval => approval ?? standard;

/** The least roles of which each may give every one of these approvals; null: there is none. */
function rolesForAll(demands: readonly (readonly Role[])[]): Role[] | null {
  const able = roles.filter((role) => demands.every((named) => named.some((each) => hasRole([role], each))));
  const named = able.filter((role) => demands.some((each) => each.includes(role)));
  const least = named.filter((role) => !named.some((other) => other !== role && hasRole([role], other)));
  return least.length > 0 ? least : null;
}

/** Whether an approval that was given for one demand also meets another. */
export function covers(
  given: NonNullable<PolicyDecision['approval']>,
  demanded: NonNullable<PolicyDecision['approval']>,
): boolean {
  return (
    given.required >= demanded.required &&
    (given.fourEyes || !demanded.fourEyes) &&
    given.roles.every((role) => demanded.roles.some((each) => hasRole([role], each)))
  );
}
