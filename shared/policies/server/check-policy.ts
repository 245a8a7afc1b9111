import type { ReadContext } from '../../events/server/change-context.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { fitTo } from '../../platform/fit-numbers.ts';
import { isUuid } from '../../platform/ids.ts';
import type { JsonValue } from '../../platform/json.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { bare } from '../../platform/server/expressions.ts';
import { BudgetError, isolated } from '../../platform/server/isolates/isolated.ts';
import { checkSchema, checkStorable } from '../../platform/server/json-schema.ts';
import { issuesOf } from '../../platform/zod-issues.ts';
import { type LoadedTool, loadTool } from '../../tools/server/tool-service.ts';
import { readPolicyNames } from '../db/policy-names.ts';
import { type PolicyDocument, policyDocumentSchema } from '../policy-schemas.ts';
import { summaryOf } from '../policy-words.ts';
import * as inIsolate from './evaluate-conditions.ts';

const module = new URL('./evaluate-conditions.ts', import.meta.url).href;
const factsThere = isolated(inIsolate.conditionFacts, module);

/** The fields that a condition reads, or what is wrong with it. */
export async function readCondition(when: string, tenantId: string): Promise<inIsolate.ConditionFacts> {
  try {
    return await factsThere({ cpuMs: 250, tenantId }, bare(when));
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return { problem: error.message };
  }
}

export type NamedPolicy = PolicyDocument & { name: string };

/**
 * A policy as it may be stored, with a name.
 * @throws InterlockError `invalid_definition` naming everything that is wrong
 */
export async function checkPolicy(context: ReadContext, sent: Record<string, unknown>): Promise<NamedPolicy> {
  const { document, issues } = await parse(context, sent);
  if (!document || issues.length > 0)
    throw new InterlockError('invalid_definition', 'Invalid policy. Nothing was stored.', { issues });
  const name = document.name ?? (await nameOf(context, document));
  return { ...document, name };
}

/** Cut where it is longer than a name may be. */
async function nameOf({ services, identity }: ReadContext, document: PolicyDocument): Promise<string> {
  const names = await services.db.tenant(identity.tenantId, (connection) =>
    readPolicyNames(connection, [document]),
  );
  const summary = summaryOf(document, names);
  return summary.length <= 120 ? summary : `${summary.slice(0, 119).toWellFormed()}…`;
}

async function parse(
  context: ReadContext,
  sent: Record<string, unknown>,
): Promise<{ document: PolicyDocument | null; issues: Issue[] }> {
  const unstorable = checkStorable(sent as JsonValue);
  if (unstorable.length > 0) return { document: null, issues: unstorable };
  const parsed = policyDocumentSchema.safeParse(fitTo(policyDocumentSchema, sent));
  if (!parsed.success) return { document: null, issues: issuesOf(parsed.error) };
  const document = parsed.data;
  const issues = await Promise.all([
    checkApproval(document),
    checkTools(context, document),
    checkWhen(context, document),
    document.schema === undefined ? [] : checkSchema(document.schema, '/schema', context.identity.tenantId),
  ]);
  return { document, issues: issues.flat() };
}

function checkApproval({ effect, approval }: PolicyDocument): Issue[] {
  if (effect === 'require_approval' || approval === undefined) return [];
  const message = 'Only a policy that requires approval says by whom';
  return [{ path: '/approval', message, keyword: 'approval' }];
}

async function checkTools({ services, identity }: ReadContext, { tools }: PolicyDocument): Promise<Issue[]> {
  const { id, connectorId } = tools;
  const names = await services.db.tenant(identity.tenantId, (connection) =>
    readPolicyNames(connection, [{ tools }]),
  );
  return [
    ...(id !== undefined && names.tool(id) === null
      ? [{ path: '/tools/id', message: 'Tool not found', keyword: 'tool' }]
      : []),
    ...(connectorId !== undefined && names.connector(connectorId) === null
      ? [{ path: '/tools/connectorId', message: 'Connector not found', keyword: 'connector' }]
      : []),
  ];
}

async function checkWhen(context: ReadContext, { when, tools }: PolicyDocument): Promise<Issue[]> {
  if (when === undefined) return [];
  const { services, identity } = context;
  const facts = await readCondition(when, identity.tenantId);
  const issue = (message: string) => [{ path: '/when', message, keyword: 'expression' }];
  if ('problem' in facts) return issue(`Not a JSONata expression: ${facts.problem}`);
  const tool =
    tools.id !== undefined && isUuid(tools.id)
      ? await loadTool(services.db, identity.tenantId, tools.id)
      : null;
  const missing = tool ? facts.fields.filter((field) => !mayHave(tool, field)) : [];
  return tool && missing.length > 0
    ? issue(`${tool.definition.name} has no input ${missing.map((field) => `“${field}”`).join(', ')}`)
    : [];
}

/** A schema that does not list its properties in one place may have any. */
function mayHave({ definition: { inputSchema } }: LoadedTool, field: string): boolean {
  const { properties } = inputSchema;
  const open = ['$ref', 'allOf', 'anyOf', 'oneOf', 'if', 'patternProperties'].some(
    (key) => key in inputSchema,
  );
  return (
    open || !isObject(properties) || Object.keys(properties).length === 0 || Object.hasOwn(properties, field)
  );
}
