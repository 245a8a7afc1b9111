/** Every workflow of the worker; the bundle starts here. */
export { executeToolWorkflow } from './execute-tool-workflow.ts';
export { runPlaybookWorkflow } from './run-playbook-workflow.ts';
