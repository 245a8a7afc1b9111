import type { RunStatus, StepStatus } from '../../../../../shared/playbooks/run-schemas.ts';
import { t } from '../../../../words/words.ts';
import { type Document, groupsAt, stepAt, textOf } from '../outline.ts';
import { bareExpression } from '../playbook-words.ts';
import { isRunOpen } from '../run-state.ts';
import type { Flow, FlowEdge, FlowNode } from './flow-of.ts';

interface Step {
  id: string;
  status: StepStatus;
  outcome: string | null;
  openedAt: string | null;
  executionIds?: readonly string[];
  batchId?: string | null;
}

export interface FlowRun {
  status: RunStatus;
  steps: readonly Step[];
  /** Ids of the steps that are waiting or running. */
  currentSteps: readonly string[];
}

/** `ahead`: the run may still come here. */
export type Passage = 'taken' | 'not_taken' | 'ahead';

/** Which way a run took through its playbook. */
export function wayOf(
  flow: Flow,
  document: Document,
  run: Pick<FlowRun, 'status' | 'steps'>,
): { passage: ReadonlyMap<string, Passage>; ofEdge: (edge: FlowEdge) => Passage } {
  const steps = new Map(run.steps.map((step) => [step.id, step]));
  const stepOf = (path: string) => steps.get(textOf(stepAt(document, path), 'id'));
  const open = isRunOpen(run);
  const passage = new Map<string, Passage>();

  /** What goes past the options of a step is closed once it opens them. */
  const isClosed = ({ from, past }: FlowEdge): boolean => {
    if (!past || passage.get(from) !== 'taken') return passage.get(from) === 'not_taken';
    const status = stepOf(from)?.status;
    return status !== 'skipped' && status !== 'waiting';
  };
  const isAhead = (id: string): boolean =>
    open && flow.edges.some((edge) => edge.to === id && !isClosed(edge));

  const ofStep = (path: string): Passage => {
    const step = stepOf(path);
    if (step && wasReached(step)) return 'taken';
    return isAhead(path) ? 'ahead' : 'not_taken';
  };
  const ofGroup = (path: string, stepPath: string): Passage => {
    const around = passage.get(stepPath) ?? 'ahead';
    const step = stepOf(stepPath);
    if (around !== 'taken' || !step) return around;
    if (step.status === 'skipped') return 'not_taken';
    const group = groupsAt(document, stepPath).find((each) => each.path === path);
    if (group?.key === 'branches') return 'taken';
    if (step.status === 'completed') return step.outcome === group?.id ? 'taken' : 'not_taken';
    return open ? 'ahead' : 'not_taken';
  };
  const ofEnd = (id: string): Passage => {
    const before = flow.edges.flatMap(({ from, to }) => (to === id ? [passage.get(from)] : []));
    if (run.status === 'completed' && before.includes('taken')) return 'taken';
    return isAhead(id) ? 'ahead' : 'not_taken';
  };
  const passageOf: Record<FlowNode['kind'], (node: FlowNode) => Passage> = {
    start: () => 'taken',
    step: ({ id }) => ofStep(id),
    group: ({ id, stepPath }) => ofGroup(id, stepPath),
    end: ({ id }) => ofEnd(id),
  };
  for (const node of flow.nodes) passage.set(node.id, passageOf[node.kind](node));

  return {
    passage,
    ofEdge: (edge) => {
      const ends = [passage.get(edge.from), passage.get(edge.to)];
      if (isClosed(edge) || ends.includes('not_taken')) return 'not_taken';
      return ends.includes('ahead') ? 'ahead' : 'taken';
    },
  };
}

/** Why an option was not taken, or a step was skipped; null: there is nothing to say. */
export function whyNotTaken(
  document: Document,
  run: Pick<FlowRun, 'steps'>,
  { id, kind, stepPath }: Pick<FlowNode, 'id' | 'kind' | 'stepPath'>,
): string | null {
  const step = stepAt(document, stepPath);
  const ran = run.steps.find((each) => each.id === textOf(step, 'id'));
  if (kind === 'group') {
    const chosen = groupsAt(document, stepPath).find((each) => each.id === ran?.outcome);
    if (!chosen || chosen.path === id) return null;
    const by = bareExpression(textOf(step, 'choose'));
    return by ? t`${chosen.title} was chosen by ${by}` : t`${chosen.title} was chosen`;
  }
  if (kind !== 'step' || ran?.status !== 'skipped' || ran.outcome !== 'condition') return null;
  return t`not true: ${bareExpression(textOf(step, 'when'))}`;
}

/** Steps that a run has passed by when it ends are skipped too, without having opened. */
const wasReached = ({ status, openedAt }: Step): boolean =>
  status === 'skipped' ? openedAt !== null : status !== 'pending';
