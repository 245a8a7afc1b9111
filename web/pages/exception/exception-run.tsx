import { useQuery } from '@tanstack/solid-query';
import { ExternalLink } from 'lucide-solid';
import { createEffect, For, on, Show } from 'solid-js';
import { liveState } from '../../api/live.ts';
import { type Outputs, queries } from '../../api/trpc.ts';
import { Section } from '../../components/page-header.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { currentStep } from './next-action.ts';
import { RunStatusMark } from './run-status.tsx';

type Run = Outputs['runs']['get'];

export const isRunOpen = (run: Pick<Run, 'status'>): boolean =>
  run.status === 'running' || run.status === 'waiting';

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
  step: string | undefined;
  onSelect: (stepId: string | undefined) => void;
  panel: (element: HTMLElement) => void;
}) {
  return (
    <QueryView query={props.query} what="The playbook run could not be loaded">
      {(run) => {
        const shown = () => props.step ?? currentStep(run())?.id;
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
            <ol aria-label="Steps" class="list-decimal pl-5" ref={props.panel}>
              <For each={run().steps}>
                {(step) => (
                  <li>
                    <button
                      type="button"
                      aria-current={shown() === step.id ? 'step' : undefined}
                      onClick={() => props.onSelect(step.id)}
                      class="rounded-sm text-left"
                      classList={{ 'font-medium': shown() === step.id }}
                    >
                      {step.title} <span class="text-muted">{step.status.replaceAll('_', ' ')}</span>
                    </button>
                  </li>
                )}
              </For>
            </ol>
          </Section>
        );
      }}
    </QueryView>
  );
}
