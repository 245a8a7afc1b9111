import { tell } from '../../events/server/tell.ts';
import type { OpeningDecision, OpeningRules, RuledFields } from '../../exceptions/server/opening-rules.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { RunRow } from '../../playbooks/db/playbook-runs.ts';
import { startSoon, writePreparedRun } from '../../playbooks/server/prepare-run.ts';
import { listRules, lockNumbers } from '../db/rules.ts';
import { type Asked, askRules, type Finding } from './ask-rules.ts';
import { chooseMember } from './choose-member.ts';
import { type RuleServices, ruleActor, ruleOf } from './rule-context.ts';

type Cause = Parameters<OpeningRules['decide']>[0];

const nothing: OpeningDecision = { fields: async () => ({}), record: async () => {}, begin: () => {} };

/** The rules of each tenant, as they are when an exception is opened. */
export function createOpeningRules(services: RuleServices): OpeningRules {
  return {
    async decide(cause, opening) {
      const { tenantId } = cause.identity;
      const rules = (await services.db.tenant(tenantId, listRules)).map(ruleOf);
      if (rules.length === 0) return nothing;
      return decisionOf(services, cause, await askRules({ services, tenantId }, rules, opening));
    },
  };
}

function decisionOf(services: RuleServices, cause: Cause, { findings, settled }: Asked): OpeningDecision {
  let assignee: RuledFields['assignee'];
  let run: RunRow | undefined;
  return {
    async fields(connection) {
      const { candidates } = settled.assignee ?? {};
      if (candidates) {
        // Else exceptions that are opened at once would all choose the same member.
        if (candidates.length > 1) await lockNumbers(connection);
        const { id, name } = await chooseMember(connection, candidates);
        assignee = { id, name };
      }
      const { severity, dueAt } = settled;
      return { severity, dueAt, assignee };
    },
    async record(connection, exceptionId) {
      for (const finding of findings) await tellFinding(connection, cause, exceptionId, finding, assignee);
      if (!settled.run) return;
      const { prepared, rule } = settled.run;
      run = await writePreparedRun(
        connection,
        prepared,
        { exceptionId },
        {
          actor: ruleActor(rule),
          // Who opened the exception has caused the run, and must not approve what it does.
          person: cause.identity.person,
          requestId: cause.requestId,
          data: { rule: { id: rule.id, name: rule.name } },
        },
      );
    },
    begin() {
      if (run) void startSoon(services, run);
    },
  };
}

/** One event says what a rule has set, another what it could not. A rule that does not apply has none. */
async function tellFinding(
  connection: TenantConnection,
  { identity: { tenantId }, requestId }: Cause,
  exceptionId: string,
  { rule, outcome, problem, sets }: Finding,
  assignee: RuledFields['assignee'],
): Promise<void> {
  const teller = { identity: { tenantId, actor: ruleActor(rule) }, requestId };
  const subject = { subjectType: 'rule', subjectId: rule.id ?? '', exceptionId } as const;
  const fields = sets.map(({ field }) => field);
  if (outcome === 'applies' && (sets.length > 0 || rule.stop))
    await tell(connection, teller, {
      ...subject,
      type: 'ExceptionRuleApplied',
      data: {
        rule: rule.name,
        sets: fields,
        ...Object.fromEntries(sets.map(({ field, value }) => [field, value])),
        ...(fields.includes('assignee') && assignee ? { assignee } : {}),
        ...(rule.stop ? { stops: true } : {}),
      },
    });
  if (problem !== null)
    await tell(connection, teller, {
      ...subject,
      type: 'ExceptionRuleFailed',
      data: { rule: rule.name, problem },
    });
}
