import type { StepType } from '../../../../../shared/playbooks/steps/registry.ts';
import { approvalForm } from './approval.tsx';
import { batchForm } from './batch.tsx';
import { callToolForm } from './call-tool.tsx';
import { decisionForm } from './decision.tsx';
import { forEachForm } from './for-each.tsx';
import { manualForm } from './manual.tsx';
import { notifyForm } from './notify.tsx';
import { parallelForm } from './parallel.tsx';
import { playbookForm } from './playbook.tsx';
import type { StepForm } from './step-form.ts';
import { unknownForm } from './unknown-form.tsx';
import { waitForm } from './wait.tsx';

/** The fields of every step type. */
const stepForms: Record<StepType, StepForm> = {
  call_tool: callToolForm,
  manual: manualForm,
  approval: approvalForm,
  decision: decisionForm,
  wait: waitForm,
  notify: notifyForm,
  parallel: parallelForm,
  playbook: playbookForm,
  for_each: forEachForm,
  batch: batchForm,
};

/** The step as JSON for a type that only a newer server knows. */
export const stepFormOf = (type: string): StepForm =>
  Object.hasOwn(stepForms, type) ? stepForms[type as StepType] : unknownForm;
