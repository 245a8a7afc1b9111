import { useQuery } from '@tanstack/solid-query';
import { Link } from '@tanstack/solid-router';
import { ExternalLink } from 'lucide-solid';
import { createEffect, createMemo, on, Show } from 'solid-js';
import { liveState } from '../../../api/live.ts';
import { type Outputs, queries } from '../../../api/trpc.ts';
import { Section } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { RunSteps } from '../../playbooks/parts/run-steps/run-steps.tsx';
import { StepPanel } from '../../playbooks/parts/step-panel/step-panel.tsx';
import { currentStep, isRunOpen, openSteps } from './next-action.ts';
import { RunStatusMark } from './run-status.tsx';

type Run = Outputs['runs']['get'];

/** One run. The live stream says when it changes; while it is open and the stream is lost, it is asked for. */
export const useRun = (id: () => string | undefined) =>
  useQuery(() => ({
    ...queries.runs.get({ id: id() ?? '' }),
    enabled: id() !== undefined,
    refetchInterval: (query: { state: { data?: Pick<Run, 'status'> } }) =>
      query.state.data && isRunOpen(query.state.data) && liveState() !== 'live' ? 2_000 : false,
  }));

/** A run and the step of it that is looked at: completed here, where its story is. */
export function ExceptionRun(props: {
  query: ReturnType<typeof useRun>;
  tenant: string;
  step: string | undefined;
  onSelect: (stepId: string | undefined) => void;
  panel: (element: HTMLElement) => void;
}) {
  return (
    <QueryView query={props.query} what="The playbook run could not be loaded">
      {(run) => {
        // What is being filled in stays, even when a step before it opens meanwhile.
        const current = createMemo<string | undefined>((before) =>
          openSteps(run()).some((step) => step.id === before && step.mayComplete)
            ? before
            : currentStep(run())?.id,
        );
        const shown = () => props.step ?? current();
        // What was chosen stays while it is worked on; when it is done, the next step comes forward by itself.
        createEffect(
          on(
            () => run().steps.find((step) => step.id === props.step)?.status,
            (status, before) => {
              if (before === 'running' && (status === 'completed' || status === 'skipped'))
                props.onSelect(undefined);
            },
            { defer: true },
          ),
        );
        return (
          <Section
            title={run().playbookTitle}
            aside={
              <>
                <span class="text-muted">
                  v{run().playbookVersion}, {run().progress.done} of {run().progress.total}{' '}
                  {run().progress.total === 1 ? 'step' : 'steps'}
                </span>
                <RunStatusMark run={run()} />
                <Link
                  to="/t/$tenant/playbook-runs/$runId"
                  params={{ tenant: props.tenant, runId: run().id }}
                  search={{}}
                  class="text-accent text-sm hover:text-accent-hover"
                >
                  Open the run
                </Link>
                <Show when={run().temporalUrl}>
                  {(url) => (
                    <a
                      href={url()}
                      target="_blank"
                      rel="noreferrer"
                      class="inline-flex items-center gap-1 text-accent text-sm hover:text-accent-hover"
                    >
                      Temporal
                      <ExternalLink size={12} aria-hidden="true" />
                    </a>
                  )}
                </Show>
              </>
            }
          >
            <Show when={run().paused}>
              {(paused) => (
                <p class="mb-2 rounded-md border bg-sunken px-3 py-2" role="status">
                  Paused by {paused().by}
                  <Show when={paused().reason}>{(reason) => <>: {reason()}</>}</Show>
                </p>
              )}
            </Show>
            <Show when={!isRunOpen(run()) && run().reason}>
              {(reason) => <p class="mb-2 text-muted">{reason()}</p>}
            </Show>
            <div class="@container">
              <div class="grid gap-x-5 gap-y-3 @min-[640px]:grid-cols-2">
                <RunSteps run={run()} selected={shown()} onSelect={(stepId) => props.onSelect(stepId)} />
                <Show when={shown()} keyed>
                  {(stepId) => (
                    <div
                      ref={props.panel}
                      tabindex="-1"
                      class="border-line outline-none @min-[640px]:border-l @min-[640px]:pl-5"
                    >
                      <StepPanel runId={run().id} stepId={stepId} onDone={() => props.onSelect(undefined)} />
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
