import { expect, test } from 'vitest';
import { parseTemporalMetrics } from '../../bench/temporal-counters.ts';

test('closed workflows are counted by task queue, however they closed', () => {
  const line = (metric: string, queue: string, count: string) =>
    `${metric}{namespace="default",namespace_state="active",operation="CompletionStats",service_name="history",taskqueue="${queue}",workflowType="w"} ${count}`;
  const { closed } = parseTemporalMetrics(
    [
      line('workflow_success', 'interlock', '50'),
      line('workflow_failed', 'interlock', '2'),
      line('workflow_success', 'bench', '1.5e+03'),
      line('workflow_task_attempt_count', 'bench', '7'),
    ].join('\n'),
  );
  expect([...closed]).toEqual([
    ['interlock', 52],
    ['bench', 1500],
  ]);
});

test('writes are told from reads, and the visibility store from the others', () => {
  const { writes, recorded } = parseTemporalMetrics(
    `persistence_requests{namespace="default",operation="CreateWorkflowExecution",service_name="history"} 50
persistence_requests{namespace="default",operation="UpdateWorkflowExecution",service_name="history"} 70
persistence_requests{namespace="default",operation="GetWorkflowExecution",service_name="history"} 50
visibility_persistence_requests{operation="RecordWorkflowExecutionClosed",service_name="history"} 48
visibility_persistence_requests{operation="RecordWorkflowExecutionStarted",service_name="history"} 49`,
  );
  expect({ writes, recorded }).toEqual({ writes: 120, recorded: 48 });
});
