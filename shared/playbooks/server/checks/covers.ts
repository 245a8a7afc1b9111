import type { Issue } from '../../../platform/error-codes.ts';
import { templateFields } from '../../../platform/server/expressions/template-fields.ts';
import { bare } from '../../../platform/server/expressions.ts';
import { allSteps, type PlacedStep, type PlaybookDocument } from '../../playbook-document.ts';
import { definitionOf, type Step } from '../../steps/registry.ts';
import { issue, type ToolCall } from '../../steps/step-definition.ts';
import type { Expressions } from './read-expressions.ts';
import { whyNotBefore } from './step-order.ts';

/** The place of every step of a document. */
export interface Placement {
  placed: readonly PlacedStep[];
  byId: ReadonlyMap<string, PlacedStep>;
}

export function placementOf(document: Pick<PlaybookDocument, 'steps'>): Placement {
  const placed = allSteps(document);
  return { placed, byId: new Map(placed.toReversed().map((each) => [each.step.id, each])) };
}

/** The one call that a step makes when it is completed; undefined for a step that makes none, or many. */
export const callOf = (step: Step): ToolCall | undefined =>
  definitionOf(step)
    .toolCalls(step)
    .find(({ probe, many }) => !probe && !many);

/** The steps whose calls this step approves, as its document says; most steps approve none. */
export function coveredBy(approval: PlacedStep, { placed, byId }: Placement): PlacedStep[] {
  const covers = definitionOf(approval.step).covers(approval.step);
  if (covers === null) return [];
  if (covers !== 'next') return covers.flatMap((id) => byId.get(id) ?? []);
  const next = placed.find((each) => callOf(each.step) && whyNotAfter(each, approval, byId) === null);
  return next ? [next] : [];
}

/** The steps that must approve the call of this step. */
export function approvalsOver(stepId: string, placement: Placement): PlacedStep[] {
  return placement.placed.filter((each) => coveredBy(each, placement).some(({ step }) => step.id === stepId));
}

/** Covers that name no call, or a call that can run before its approval has ended. */
export function checkCovers({ placed, byId }: Placement): Issue[] {
  return placed.flatMap((approval) => {
    const covers = definitionOf(approval.step).covers(approval.step);
    if (covers === null || covers === 'next') return [];
    return covers.flatMap((id, index) => {
      const target = byId.get(id);
      const problem = !target
        ? `Step ${id} not found`
        : !callOf(target.step)
          ? whyNoCall(id, target.step)
          : whyNotAfter(target, approval, byId);
      return problem ? [issue(`${approval.path}/covers/${index}`, problem, 'covers')] : [];
    });
  });
}

const whyNoCall = (id: string, step: Step): string =>
  definitionOf(step).toolCalls(step).length === 0
    ? `${id} calls no tool`
    : `${id} makes many calls: let a policy require an approval of each`;

/** Why a call may begin before its approval has ended; null when it cannot. */
function whyNotAfter(
  call: PlacedStep,
  approval: PlacedStep,
  byId: ReadonlyMap<string, PlacedStep>,
): string | null {
  if (call.number < approval.number) return `${call.step.id} does not come after this approval`;
  const reason = whyNotBefore(call, approval, byId);
  return reason && `${call.step.id} does not always come after this approval: ${reason}`;
}

/** The calls of every approval; a request that is not known when it opens is approved once it is. */
export function coversPlan(
  document: PlaybookDocument,
  expressions: Expressions,
): {
  stepId: string;
  calls: { stepId: string; known: boolean }[];
}[] {
  const placement = placementOf(document);
  return placement.placed.flatMap((approval) => {
    if (definitionOf(approval.step).covers(approval.step) === null) return [];
    const calls = coveredBy(approval, placement).map(({ step }) => ({
      stepId: step.id,
      known: stepsReadBy(step, expressions).every((id) => {
        const read = id === null ? undefined : placement.byId.get(id);
        return read !== undefined && whyNotBefore(approval, read, placement.byId) === null;
      }),
    }));
    return [{ stepId: approval.step.id, calls }];
  });
}

/** The ids of the steps that the input of a call refers to; null for a reference to all of them. */
export function stepsReadBy(step: Step, expressions: Expressions): (string | null)[] {
  const texts = templateFields(callOf(step)?.input ?? null, '').flatMap((field) => field.texts);
  return texts.flatMap((text) => stepsIn(expressions(text)));
}

/** Whether the condition of a step asks how this other step ended. */
export const asksAbout = (step: Step, stepId: string, expressions: Expressions): boolean =>
  step.when !== undefined && stepsIn(expressions(bare(step.when))).includes(stepId);

function stepsIn(read: ReturnType<Expressions>): (string | null)[] {
  if ('problem' in read) return [];
  return read.facts.references.flatMap(({ names: [root, stepId = null] }) =>
    root === 'steps' ? [stepId] : [],
  );
}
