import { isNumber } from '../../../../../shared/platform/json.ts';
import { isObject } from '../../../../../shared/platform/schema-properties.ts';
import { sameJson } from '../../../../kit/schema-form/json-edit.ts';
import type { StatusKind } from '../../../../kit/status.tsx';
import { said } from '../../../../words/said.ts';
import { t } from '../../../../words/words.ts';
import type { Decision } from './decisions.ts';
import { isOpenStep, type StepView } from './step-view.ts';

/** The result of a decision, in words. */
export interface Verdict {
  kind: StatusKind;
  text: string;
  /** False while its tool is running. */
  isKnown: boolean;
  /** Nothing is left to do here, so the next step may be shown. */
  isDone: boolean;
}

export function verdictOf(step: StepView, decision: Decision): Verdict {
  const says = (kind: StatusKind, words: string, isDone: boolean): Verdict => ({
    kind,
    text: `${step.title}: ${words}`,
    isKnown: true,
    isDone,
  });
  if (decision.phase === 'refused') return { ...says('failed', '', false), text: decision.refusal ?? '' };
  const failure = said(step.failure?.message);
  // A call that has just been sent is not in the step yet.
  const isSent = step.executionIds.length > decision.executions || step.batchId !== null || !isOpenStep(step);
  if (step.status === 'running' || (decision.sendsRequest && !isSent))
    return { ...says('running', 'running', false), isKnown: false };
  if (step.status === 'outcome_unknown') return says('unknown', t`outcome unknown. ${failure ?? ''}`, false);
  if (failure && decision.outcome.id !== 'abort')
    return says('failed', `failed. ${failure}`, !isOpenStep(step));
  const count = votes(step);
  if (count) return says('succeeded', `${decision.done} ${count}`, true);
  const reference = decision.sendsRequest && step.status === 'completed' ? referenceIn(step) : undefined;
  const words = reference === undefined ? decision.done : `${decision.done}, ${reference}`;
  return says(step.status === 'skipped' ? 'skipped' : 'succeeded', words, !isOpenStep(step));
}

/** "1 of 2", of a vote that several people give. */
function votes({ approvals }: StepView): string | undefined {
  if (!approvals || approvals.required < 2) return undefined;
  const given = approvals.given.filter(({ outcome }) => outcome === 'approved').length;
  return given === 0 ? undefined : t`${given} of ${approvals.required}`;
}

/** What the provider calls the thing that a tool has made: "re_4f…". It is not among the values that were sent. */
export function referenceIn({ output, input }: Pick<StepView, 'output' | 'input'>): string | undefined {
  if (!isObject(output)) return undefined;
  const sent = isObject(input) ? Object.values(input) : [];
  const found = Object.entries(output).find(
    ([name, value]) =>
      /(^id|Id|_id|ID|[rR]eference|[nN]umber)$/.test(name) &&
      isName(value) &&
      !sent.some((each) => sameJson(each, value)),
  );
  return found && String(found[1]);
}

const isName = (value: unknown) => isNumber(value) || (typeof value === 'string' && value.length <= 64);

/** What to do about a failure of the open step. */
export const failureHint = ({ status, failure }: Pick<StepView, 'status' | 'failure'>): string =>
  status === 'outcome_unknown'
    ? t('The tool does not run again until you decide.')
    : failure?.code === 'not_approved'
      ? t('The tool runs when this request is approved. Another input must be approved too.')
      : failure?.code === 'batch_failed' || failure?.code === 'cancelled'
        ? t(
            'Calls that have succeeded stay as they are. Retry the others, or choose another way to complete the step.',
          )
        : t('Fix the input and run the tool again, or choose another way to complete the step.');
