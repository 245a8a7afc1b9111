import type { StepType } from '../../../../../shared/playbooks/steps/registry.ts';
import { approvalView } from './approval.tsx';
import { batchView } from './batch.tsx';
import { callToolView } from './call-tool.tsx';
import { decisionView } from './decision.tsx';
import { forEachView } from './for-each.tsx';
import { manualView } from './manual.ts';
import { notifyView } from './notify.ts';
import { parallelView } from './parallel.ts';
import { playbookView } from './playbook.tsx';
import type { StepTypeView } from './step-type-view.ts';
import { unknownStepView } from './unknown.tsx';
import { waitView } from './wait.tsx';

const views: Record<StepType, StepTypeView> = {
  call_tool: callToolView,
  manual: manualView,
  approval: approvalView,
  decision: decisionView,
  wait: waitView,
  notify: notifyView,
  parallel: parallelView,
  playbook: playbookView,
  for_each: forEachView,
  batch: batchView,
};

const isKnown = (type: string): type is StepType => Object.hasOwn(views, type);

/** How the pages show a step of this type, known to this page or not. */
export const stepTypeView = (type: string): StepTypeView => (isKnown(type) ? views[type] : unknownStepView);
