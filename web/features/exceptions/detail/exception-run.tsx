import { Link } from '@tanstack/solid-router';
import { createMemo, Show } from 'solid-js';
import { liveState } from '../../../api/live.ts';
import { useQuery } from '../../../api/query.ts';
import { type Outputs, queries } from '../../../api/trpc.ts';
import { Section } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { TemporalLink } from '../../../kit/temporal-link.tsx';
import { said } from '../../../words/said.ts';
import { counted, rich, t } from '../../../words/words.ts';
import { RunGraph } from '../../playbooks/parts/flow/run-graph.tsx';
import { type StepsView, ViewSwitch } from '../../playbooks/parts/flow/view-switch.tsx';
import { isRunOpen } from '../../playbooks/parts/run-state.ts';
import { RunStatusMark } from '../../playbooks/parts/run-status.tsx';
import { RunSteps } from '../../playbooks/parts/run-steps.tsx';
import { StepPanel } from '../../playbooks/parts/step-panel/step-panel.tsx';
import { currentStep, openSteps } from './next-action.ts';

type Run = Outputs['runs']['get'];

/** One run. The live stream reports changes; while the stream is lost, an open run is polled. */
export const useRun = (id: () => string | undefined) =>
  useQuery(() => ({
    ...queries.runs.get({ id: id() ?? '' }),
    enabled: id() !== undefined,
    refetchInterval: (query: { state: { data?: Pick<Run, 'status'> } }) =>
      query.state.data && isRunOpen(query.state.data) && liveState() !== 'live' ? 2_000 : false,
  }));

/** A run and its selected step, which can be completed here. */
export function ExceptionRun(props: {
  query: ReturnType<typeof useRun>;
  tenant: string;
  step: string | undefined;
  view: StepsView;
  onView: (view: StepsView) => void;
  onSelect: (stepId: string | undefined) => void;
  panel: (element: HTMLElement) => void;
}) {
  return (
    <QueryView query={props.query} what={t('The playbook run could not be loaded')}>
      {(run) => {
        // The step that someone fills in stays selected, even when an earlier step opens.
        const current = createMemo<string | undefined>((before) =>
          openSteps(run()).some((step) => step.id === before && step.mayComplete)
            ? before
            : currentStep(run())?.id,
        );
        const shown = () => props.step ?? current();
        const next = (stepId: string) => {
          const step = currentStep(run());
          return step?.id === stepId ? undefined : step?.title;
        };
        return (
          <Section
            title={run().playbookTitle}
            aside={
              <>
                <span class="text-muted">
                  {rich`v${() => run().playbookVersion}, ${() => run().progress.done} of ${() => run().progress.total} ${() => counted(run().progress.total, 'step|steps')}`}
                </span>
                <RunStatusMark run={run()} />
                <ViewSwitch view={props.view} onView={props.onView} />
                <Link
                  to="/t/$tenant/playbook-runs/$runId"
                  params={{ tenant: props.tenant, runId: run().id }}
                  search={{}}
                  class="text-accent text-sm hover:text-accent-hover"
                >
                  {t('Open run')}
                </Link>
                <span class="text-sm">
                  <TemporalLink url={run().temporalUrl} />
                </span>
              </>
            }
          >
            <Show when={run().paused}>
              {(paused) => (
                <p class="mb-2 rounded-md border bg-sunken px-3 py-2" role="status">
                  {rich`Paused by ${() => paused().by}`}
                  <Show when={paused().reason}>{(reason) => <>: {said(reason())}</>}</Show>
                </p>
              )}
            </Show>
            <Show when={!isRunOpen(run()) && run().reason}>
              {(reason) => <p class="mb-2 text-muted">{said(reason())}</p>}
            </Show>
            <div class="@container">
              <Show when={props.view === 'graph'}>
                <div class="mb-3">
                  <div class="flex h-[70vh] min-h-80 flex-col">
                    <RunGraph
                      runId={run().id}
                      selected={shown()}
                      onSelect={(stepId) => props.onSelect(stepId)}
                    />
                  </div>
                </div>
              </Show>
              <div
                class="grid gap-x-5 gap-y-3"
                classList={{ '@min-[640px]:grid-cols-2': props.view === 'list' }}
              >
                <Show when={props.view === 'list'}>
                  <RunSteps run={run()} selected={shown()} onSelect={(stepId) => props.onSelect(stepId)} />
                </Show>
                <Show when={shown()} keyed>
                  {(stepId) => (
                    <div
                      ref={props.panel}
                      tabindex="-1"
                      class="border-line outline-none"
                      classList={{ '@min-[640px]:border-l @min-[640px]:pl-5': props.view === 'list' }}
                    >
                      <StepPanel
                        runId={run().id}
                        stepId={stepId}
                        next={next(stepId)}
                        onAct={() => props.onSelect(stepId)}
                        onNext={() => props.onSelect(undefined)}
                      />
                    </div>
                  )}
                </Show>
              </div>
            </div>
          </Section>
        );
      }}
    </QueryView>
  );
}
