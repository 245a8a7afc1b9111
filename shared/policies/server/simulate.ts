import type { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
import type { Role } from '../../identity/roles.ts';
import { findMember, readMembers } from '../../identity/server/members.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { checkScope, loadTool, validatePayload } from '../../tools/server/tool-service.ts';
import { decide, unmetWords } from '../decide.ts';
import type { Simulation, simulateInputSchema } from '../simulation-schemas.ts';
import { judgeCall, withLooks } from './judge-call.ts';

type SimulateInput = z.output<typeof simulateInputSchema>;

/**
 * What the policies in force would decide on a call. Nothing is called, and nothing counted.
 * @throws InterlockError `not_found` for an unknown tool or member
 */
export async function simulate(
  { services, identity }: ReadContext,
  { toolId, payload = {}, actor, at }: SimulateInput,
): Promise<Simulation> {
  const { db } = services;
  const { tenantId } = identity;
  const tool = await loadTool(db, tenantId, toolId);
  checkScope(tool);
  // It was parsed from JSON.
  const input = payload as JsonValue;
  const roles = await rolesOf({ services, identity }, actor);
  const judged = await judgeCall({ db }, tool, input, {
    roles,
    at: at === undefined ? new Date() : new Date(at),
  });
  const findings = await withLooks({ db }, tenantId, judged);
  return {
    ...decide(findings),
    roles: [...roles],
    findings: findings.map((finding) => ({
      policyId: finding.policy.id,
      policyName: finding.policy.name,
      effect: finding.policy.effect,
      concerns: finding.unmet === null && finding.problem === undefined,
      reason: finding.problem === undefined ? unmetWords(finding) : `Its condition ${finding.problem}.`,
    })),
    issues: await validatePayload(tool, input),
  };
}

async function rolesOf(
  { services, identity }: ReadContext,
  actor: SimulateInput['actor'],
): Promise<readonly Role[]> {
  if (actor === undefined) return identity.roles;
  if (typeof actor === 'object' && actor.roles) return actor.roles;
  const reference = typeof actor === 'string' ? actor : (actor.id ?? actor.email);
  if (reference === undefined) return identity.roles;
  const member = findMember(await readMembers(services.db.authPool, identity.tenantId), reference);
  if (!member) throw new InterlockError('not_found', 'Member not found.');
  return member.roles;
}
