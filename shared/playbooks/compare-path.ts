import type { Issue } from '../platform/error-codes.ts';
import type { BacktestVerdict, ComparedStep } from './backtest-schemas.ts';

/** A step of a run that took place. */
export interface HappenedStep {
  stepId: string;
  title: string;
  type: string;
  /** Skipped by its condition. */
  skipped: boolean;
  outcome: string | null;
  /** Problems that its input had already. */
  issues: readonly Issue[];
}

/** A step as the definition would take it. */
export interface WouldStep {
  stepId: string;
  title: string;
  type: string;
  result: 'would_wait' | 'would_skip' | 'would_run' | 'unknown';
  message: string;
  outcome?: string | undefined;
  issues: readonly Issue[];
}

export interface ComparedPath {
  verdict: Extract<BacktestVerdict, 'would_break' | 'differs' | 'same' | 'unknown'>;
  reason: string | null;
  differsAt: string | null;
  path: { happened: string[]; would: string[] };
  steps: ComparedStep[];
}

const isReached = ({ result }: WouldStep): boolean => result === 'would_wait' || result === 'would_run';

/**
 * The path that a definition would take, compared with the one that a run took.
 * @param whole the run went to its end; of another one, steps that were not reached say nothing
 * @param known whether a step existed then
 */
export function comparePath(
  happened: readonly HappenedStep[],
  would: readonly WouldStep[],
  { whole, known }: { whole: boolean; known: (stepId: string) => boolean },
): ComparedPath {
  const then = new Map(happened.map((step) => [step.stepId, step]));
  const now = new Set(would.map(({ stepId }) => stepId));
  const compared = [
    ...would.map((step) => compareStep(then.get(step.stepId), step, whole, !known(step.stepId))),
    ...happened.filter(({ stepId, skipped }) => !skipped && !now.has(stepId)).map(removedStep),
  ];
  const broken = compared.find(({ issues }) => issues.length > 0);
  const other = compared.find(({ differs }) => differs);
  const open = compared.find((step) => step.would === 'unknown');
  const verdict = broken ? 'would_break' : other ? 'differs' : open ? 'unknown' : 'same';
  const first = broken ?? other ?? open;
  return {
    verdict,
    reason: first ? reasonOf(first, broken?.issues[0]) : null,
    differsAt: first?.stepId ?? null,
    path: {
      happened: happened.filter(({ skipped }) => !skipped).map(({ stepId }) => stepId),
      would: would.filter(isReached).map(({ stepId }) => stepId),
    },
    steps: compared.filter(
      ({ differs, isNew, issues, would: end }) => differs || isNew || issues.length > 0 || end === 'unknown',
    ),
  };
}

function compareStep(
  before: HappenedStep | undefined,
  step: WouldStep,
  whole: boolean,
  isNew: boolean,
): ComparedStep {
  const { stepId, title, type, message } = step;
  const would = isReached(step) ? 'reached' : step.result === 'unknown' ? 'unknown' : 'skipped';
  const happened = before === undefined ? 'not_reached' : before.skipped ? 'skipped' : 'reached';
  const toldApart = before !== undefined || whole;
  const chosen =
    happened === 'reached' && would === 'reached' && isOtherOutcome(before?.outcome, step.outcome);
  const differs =
    would !== 'unknown' && toldApart && ((would === 'reached') !== (happened === 'reached') || chosen);
  const issues = step.issues.filter(
    (issue) => !before?.issues.some(({ path, message }) => path === issue.path && message === issue.message),
  );
  return { stepId, title, type, happened, would, isNew, differs, message, issues };
}

const isOtherOutcome = (before: string | null | undefined, after: string | undefined): boolean =>
  before != null && after !== undefined && before !== after;

const removedStep = ({ stepId, title, type }: HappenedStep): ComparedStep => ({
  stepId,
  title,
  type,
  happened: 'reached',
  would: 'removed',
  isNew: false,
  differs: true,
  message: 'The definition has no such step',
  issues: [],
});

function reasonOf({ title, message, would, happened, isNew }: ComparedStep, issue?: Issue): string {
  if (issue) return `${title}: ${issue.path ? `${issue.path} ` : ''}${issue.message}`;
  if (would === 'removed') return `${title} no longer takes place`;
  if (would === 'unknown') return `${title}: ${message}`;
  if (would === 'skipped') return `${title} would not take place. ${message}`;
  if (happened === 'reached') return `${title} would end otherwise. ${message}`;
  return `${title} would take place${isNew ? ', a new step' : ''}. ${message}`;
}
