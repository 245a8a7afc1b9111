import type { Outputs } from '../../../api/trpc.ts';
import { formatDuration, formatNumber, formatRate } from '../../../kit/format.ts';
import { counted, t } from '../../../words/words.ts';
import type { FlowHeat } from '../parts/flow/flow-item.tsx';
import { type Document, groupsAt, stepAt, textOf } from '../parts/outline.ts';

type Step = Outputs['usage']['playbook']['steps'][number];

/** What colours the steps: how long they wait, or how many runs end there. */
export const heatKinds = ['time', 'drops'] as const;
export type HeatKind = (typeof heatKinds)[number];

/**
 * The numbers of each step and option of a graph.
 * @returns by the path of the step or option; nothing of those that no run has reached
 */
export function heatOf(document: Document, steps: readonly Step[], kind: HeatKind) {
  const byId = new Map(steps.map((step) => [step.stepId, step]));
  const value: Record<HeatKind, (step: Step) => number> = {
    time: ({ p95Ms }) => p95Ms ?? 0,
    drops: ({ opened, dropped }) => (opened > 0 ? dropped / opened : 0),
  };
  const most = Math.max(0, ...steps.map(value[kind]));
  const stepOf = (path: string) => byId.get(textOf(stepAt(document, path), 'id'));

  const ofGroup = (path: string, stepPath: string): FlowHeat | undefined => {
    const step = stepOf(stepPath);
    const group = groupsAt(document, stepPath).find((each) => each.path === path);
    if (!step || !group || group.key === 'branches') return undefined;
    const taken = step.outcomes.find(({ outcome }) => outcome === group.id)?.count ?? 0;
    const share = step.completed > 0 ? taken / step.completed : 0;
    return {
      share: 0,
      lines: [`${formatRate(share)} · ${formatNumber(taken)}`],
      label: t`taken ${taken} of ${step.completed} times`,
    };
  };
  return (path: string): FlowHeat | undefined => {
    const around = /^(.*)\/(?:options|branches)\/\d+$/.exec(path)?.[1];
    if (around !== undefined) return ofGroup(path, around);
    const step = stepOf(path);
    if (!step) return { share: 0, lines: [t('never opened')], label: t('never opened') };
    const { opened, p50Ms, p95Ms, dropped } = step;
    const within =
      p50Ms === null || p95Ms === null
        ? t('has not ended yet')
        : t`half ${formatDuration(p50Ms)}, 95 % ${formatDuration(p95Ms)}`;
    const drops = dropped > 0 ? counted(dropped, '{0} ended here|{0} ended here') : '';
    const count = counted(opened, 'opened once|opened {0} times');
    return {
      share: most > 0 ? value[kind](step) / most : 0,
      lines: [[count, drops].filter(Boolean).join(' · '), within],
      label: [count, within, drops].filter(Boolean).join(', '),
    };
  };
}
