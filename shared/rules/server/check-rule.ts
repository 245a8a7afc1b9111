import { findMember } from '../../identity/server/members.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { fitTo } from '../../platform/fit-numbers.ts';
import type { JsonValue } from '../../platform/json.ts';
import { checkStorable } from '../../platform/server/json-schema.ts';
import { issuesOf } from '../../platform/zod-issues.ts';
import { findPublishedPlaybook } from '../../playbooks/db/playbook-versions.ts';
import { readInput } from '../../playbooks/server/prepare-run.ts';
import { readCondition } from '../../policies/server/check-policy.ts';
import { type RuleDocument, ruleDocumentSchema } from '../rule-schemas.ts';
import type { RuleServices } from './rule-context.ts';

/** The only name that a condition knows. */
const scopeName = 'exception';

/**
 * A rule as it may be stored: it names its playbook and its assignee by their ids.
 * @throws InterlockError `invalid_definition` naming everything that is wrong
 */
export async function checkRule(
  services: RuleServices,
  tenantId: string,
  sent: Record<string, unknown>,
): Promise<RuleDocument> {
  const unstorable = checkStorable(sent as JsonValue);
  if (unstorable.length > 0) throw invalid(unstorable);
  const parsed = ruleDocumentSchema.safeParse(fitTo(ruleDocumentSchema, sent));
  if (!parsed.success) throw invalid(issuesOf(parsed.error));
  const document = parsed.data;
  const [condition, assignee, playbook] = await Promise.all([
    checkCondition(document, tenantId),
    checkAssignee(services, tenantId, document),
    checkPlaybook(services, tenantId, document),
  ]);
  const issues = [...checkEffect(document), ...condition, ...assignee.issues, ...playbook.issues];
  if (issues.length > 0) throw invalid(issues);
  return {
    ...document,
    set: {
      ...document.set,
      ...(assignee.id !== undefined && { assignee: { user: assignee.id } }),
      ...(playbook.id !== undefined && { playbookId: playbook.id }),
    },
  };
}

const invalid = (issues: Issue[]) =>
  new InterlockError('invalid_definition', 'Invalid rule. Nothing was stored.', { issues });

function checkEffect({ set, stop }: RuleDocument): Issue[] {
  const { input, ...sets } = set;
  if (input !== undefined && set.playbookId === undefined)
    return [
      { path: '/set/input', message: 'Only a rule that starts a playbook has an input', keyword: 'input' },
    ];
  if (stop || Object.values(sets).some((value) => value !== undefined)) return [];
  return [
    {
      path: '/set',
      message: 'Choose what the rule sets, or that no rule below it is asked',
      keyword: 'required',
    },
  ];
}

async function checkCondition({ when: { condition } }: RuleDocument, tenantId: string): Promise<Issue[]> {
  if (condition === undefined) return [];
  const issue = (message: string) => [{ path: '/when/condition', message, keyword: 'expression' }];
  const facts = await readCondition(condition, tenantId);
  if ('problem' in facts) return issue(`Not a JSONata expression: ${facts.problem}`);
  const others = facts.fields.filter((field) => field !== scopeName);
  return others.length > 0
    ? issue(
        `There is no “${others[0]}” here. Begin with ${scopeName}, such as ${scopeName}.attributes.amount`,
      )
    : [];
}

async function checkAssignee(
  { accounts }: RuleServices,
  tenantId: string,
  { set: { assignee } }: RuleDocument,
): Promise<{ id?: string; issues: Issue[] }> {
  if (assignee?.user === undefined) return { issues: [] };
  const member = findMember(await accounts.members(tenantId), assignee.user);
  const message = 'is not a member of this organization';
  return member
    ? { id: member.id, issues: [] }
    : { issues: [{ path: '/set/assignee/user', message, keyword: 'member' }] };
}

async function checkPlaybook(
  services: RuleServices,
  tenantId: string,
  { set: { playbookId, input } }: RuleDocument,
): Promise<{ id?: string; issues: Issue[] }> {
  if (playbookId === undefined) return { issues: [] };
  const playbook = await services.db.tenant(tenantId, (connection) =>
    findPublishedPlaybook(connection, playbookId),
  );
  if (!playbook)
    return {
      issues: [{ path: '/set/playbookId', message: 'Published playbook not found', keyword: 'playbook' }],
    };
  // What an expression results in is known only when an exception is opened.
  if (JSON.stringify(input ?? {}).includes('${{')) return { id: playbook.id, issues: [] };
  try {
    await readInput(services, tenantId, playbook, (input ?? {}) as JsonValue);
    return { id: playbook.id, issues: [] };
  } catch (error) {
    if (!(error instanceof InterlockError && error.issues)) throw error;
    return { issues: error.issues.map((issue) => ({ ...issue, path: `/set${issue.path}` })) };
  }
}
