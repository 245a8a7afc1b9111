import {
  executeToolWorkflowName,
  executionWorkflowId,
} from '../../../shared/executions/execution-contract.ts';
import { runPlaybookWorkflowName, runWorkflowId } from '../../../shared/playbooks/playbook-contract.ts';
import { eventually } from '../../support/eventually.ts';
import { type Evidence, isOpen } from '../evidence.ts';
import type { Violation } from '../journal.ts';

/** Open rows have open workflows, and the reverse. Temporal's list lags behind. */
export async function temporalAgrees({
  temporal,
  executions,
  runs,
}: Pick<Evidence, 'temporal' | 'executions' | 'runs'>): Promise<Violation[]> {
  const expected = new Set([
    ...[...executions.values()].filter((row) => isOpen(row)).map((row) => executionWorkflowId(row)),
    ...[...runs.values()].filter(isOpen).map((run) => runWorkflowId(run)),
  ]);
  const query = `WorkflowType IN ('${executeToolWorkflowName}', '${runPlaybookWorkflowName}') AND ExecutionStatus = 'Running'`;
  let found: Violation[] = [];
  const compare = async () => {
    const open = new Set<string>();
    for await (const { workflowId } of temporal.workflow.list({ query, pageSize: 500 })) open.add(workflowId);
    const difference = (from: Set<string>, other: Set<string>, what: string) =>
      [...from].filter((id) => !other.has(id)).map((id) => ({ kind: 'temporal' as const, id, what }));
    found = [
      ...difference(open, expected, 'The workflow is open, and its row has ended'),
      ...difference(expected, open, 'The row is open, and its workflow is not'),
    ];
    return found.length === 0;
  };
  await eventually(compare, { timeoutMs: 15_000, everyMs: 500 }).catch(() => {});
  return found;
}
