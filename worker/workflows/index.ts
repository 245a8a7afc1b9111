/** Every workflow of the worker: the entry of the bundle. */
export { executeToolWorkflow } from './execute-tool-workflow.ts';
export { processDeliveryWorkflow } from './process-delivery-workflow.ts';
export { runBatchWorkflow } from './run-batch-workflow.ts';
export { runPlaybookWorkflow } from './run-playbook-workflow.ts';
export { runScheduledWorkflow } from './run-scheduled-workflow.ts';
export { undoSeriesWorkflow } from './undo-series-workflow.ts';
