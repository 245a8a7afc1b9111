import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { executionWorkflowId } from '../../../shared/executions/execution-contract.ts';
import { runWorkflowId } from '../../../shared/playbooks/playbook-contract.ts';
import { dumpDatabase, dumpWorkflow, findSecret } from '../../support/secret-scan.ts';
import type { Evidence } from '../evidence.ts';
import type { Violation } from '../journal.ts';

/** No event and no row of the other tenant: the tenant of every call is in its id. */
export function nothingForeign({
  tenants,
  executions,
  streams,
  journal,
}: Pick<Evidence, 'tenants' | 'executions' | 'streams' | 'journal'>): Violation[] {
  const found: Violation[] = [];
  const slugs = new Map(tenants.map(({ id, slug }) => [id, slug]));
  for (const { id, tenantId, callId } of executions.values())
    if (callId !== '' && !callId.startsWith(`${slugs.get(tenantId)}-`))
      found.push({ kind: 'foreign', id, what: `${callId} belongs to ${slugs.get(tenantId)}` });
  for (const { tenant, events } of streams)
    for (const { id, subjectType, subjectId } of events) {
      const row = subjectType === 'execution' ? executions.get(subjectId) : undefined;
      if (row && slugs.get(row.tenantId) !== tenant)
        found.push({ kind: 'foreign', id, what: `${tenant} got an event of the execution ${subjectId}` });
    }
  for (const { tenant, told } of journal.calls.values())
    for (const id of told.keys()) {
      const row = executions.get(id);
      if (row && slugs.get(row.tenantId) !== tenant)
        found.push({ kind: 'foreign', id, what: `${tenant} was told of an execution of the other tenant` });
    }
  return found;
}

/** Of so many workflows, the whole history is searched: the newest ones. */
const searchedWorkflows = 150;

/** The credential of the tools is in no row, log, response, event or history. */
export async function secretsStaySecret({
  stack,
  temporal,
  journal,
  streams,
  executions,
  runs,
}: Evidence): Promise<Violation[]> {
  const places: Record<string, string> = await dumpDatabase(stack.adminUrl);
  for (const file of readdirSync(stack.dir).filter((name) => name.endsWith('.log')))
    places[`log ${file}`] = readFileSync(join(stack.dir, file), 'utf8');
  places.responses = journal.texts.join('\n');
  places.streams = streams.map(({ events }) => JSON.stringify(events)).join('\n');
  const workflows = [
    ...[...executions.values()].slice(-searchedWorkflows).map((row) => executionWorkflowId(row)),
    ...[...runs.values()].slice(-searchedWorkflows / 3).map((run) => runWorkflowId(run)),
  ];
  for (const id of workflows) places[`history ${id}`] = await dumpWorkflow(temporal, id).catch(() => '');
  return findSecret(places, stack.canary).map((what) => ({ kind: 'secret' as const, id: '', what }));
}
