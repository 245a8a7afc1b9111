import { Link, useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { liveState } from '../../../api/live.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { formatExactTime } from '../../../kit/format.ts';
import { DetailBody, PageHeader, Section } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { said } from '../../../words/said.ts';
import { rich, t } from '../../../words/words.ts';
import { PeopleHere } from '../../presence/parts/people-here.tsx';
import { createPresence } from '../../presence/parts/presence.ts';
import { UndoSections } from '../../undo/parts/undo-section.tsx';
import { RunGraph } from '../parts/flow/run-graph.tsx';
import { ViewSwitch } from '../parts/flow/view-switch.tsx';
import { nextTitle } from '../parts/run-state.ts';
import { RunStatusMark } from '../parts/run-status.tsx';
import { RunSteps } from '../parts/run-steps.tsx';
import { StepPanel } from '../parts/step-panel/step-panel.tsx';
import { RunControls } from './run-controls.tsx';
import { RunFacts } from './run-facts.tsx';

const from = '/t/$tenant/playbook-runs/$runId';

/** A run of a playbook: all steps, the selected one, and pause, resume and cancel. */
export default function PlaybookRunPage() {
  const params = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate({ from });
  const query = useQuery(() => ({
    ...queries.runs.get({ id: params().runId }),
    refetchInterval: liveState() === 'live' ? false : 3_000,
  }));
  const here = createPresence(() => ({ type: 'run', id: params().runId }));
  useTitle(() => (query.isSuccess ? t`${query.data.playbookTitle} run` : t('Playbook run')));
  return (
    <Show when={params().runId} keyed>
      <QueryView
        query={query}
        what={t('The run could not be loaded')}
        header={<PageHeader title={t('Playbook run')} />}
      >
        {(run) => {
          const shown = () => search().step ?? run().currentSteps[0] ?? run().steps.at(-1)?.id;
          const go = (to: ReturnType<typeof search>) =>
            void navigate({ search: { ...search(), ...to }, replace: true });
          const select = (step: string | undefined) => go({ step });
          return (
            <>
              <PageHeader
                title={run().playbookTitle}
                back={
                  <Link
                    to="/t/$tenant/playbooks/$playbookId"
                    params={{ tenant: params().tenant, playbookId: run().playbookId }}
                    search={{ tab: 'runs' }}
                    class="hover:text-text"
                  >
                    {t('Runs')}
                  </Link>
                }
                aside={
                  <>
                    <span class="text-muted">v{run().playbookVersion}</span>
                    <RunStatusMark announced={t('Playbook run')} run={run()} />
                    <PeopleHere people={here.people()} />
                  </>
                }
                actions={<RunControls run={run()} onChanged={() => void query.refetch()} />}
              />
              <DetailBody facts={<RunFacts run={run()} tenant={params().tenant} />}>
                <Show when={run().paused}>
                  {(paused) => (
                    <p class="mx-6 my-4 max-sm:mx-4 rounded-md border bg-sunken px-3 py-2" role="status">
                      {run().quarantined
                        ? t`Quarantined by ${paused().by}${reasonWords(paused().reason)}.`
                        : t`Paused by ${paused().by}${reasonWords(paused().reason)}.`}{' '}
                      {t('Steps do not open and cannot be completed.')}
                    </p>
                  )}
                </Show>
                <Show when={run().stalled}>
                  {(stalled) => (
                    <p class="mx-6 my-4 max-sm:mx-4 rounded-md border bg-sunken px-3 py-2" role="alert">
                      {rich`This run has not gone on since ${() => formatExactTime(stalled().since)}. ${() => said(stalled().reason)}`}
                    </p>
                  )}
                </Show>
                <Show when={run().reason}>
                  {(reason) => <p class="mx-6 my-4 max-sm:mx-4 text-muted">{said(reason())}</p>}
                </Show>
                <UndoSections
                  of="runs"
                  id={run().id}
                  series={run().undo}
                  tenant={params().tenant}
                  onChanged={() => void query.refetch()}
                />
                <div class={search().view === 'graph' ? 'flex flex-col' : 'flex max-xl:flex-col'}>
                  <Section
                    title={t`Steps, ${run().progress.done} of ${run().progress.total} done`}
                    class={`min-w-0 ${search().view === 'graph' ? '' : 'xl:w-[44%] xl:shrink-0'}`}
                    aside={
                      <ViewSwitch
                        view={search().view ?? 'list'}
                        onView={(view) => go({ view: view === 'graph' ? view : undefined })}
                      />
                    }
                  >
                    <Show
                      when={search().view === 'graph'}
                      fallback={<RunSteps run={run()} selected={shown()} onSelect={select} />}
                    >
                      <div class="flex h-[70vh] min-h-80 flex-col">
                        <RunGraph runId={run().id} selected={shown()} onSelect={select} />
                      </div>
                    </Show>
                  </Section>
                  <Show when={shown()} keyed>
                    {(stepId) => (
                      <div
                        class={`min-w-0 flex-1 px-6 py-4 max-sm:px-4 ${search().view === 'graph' ? '' : 'xl:border-l'}`}
                      >
                        <StepPanel
                          runId={run().id}
                          stepId={stepId}
                          next={nextTitle(run(), stepId)}
                          onAct={() => select(stepId)}
                          onNext={() => select(undefined)}
                        />
                      </div>
                    )}
                  </Show>
                </div>
              </DetailBody>
            </>
          );
        }}
      </QueryView>
    </Show>
  );
}

/** Before the full stop of a sentence; people end a reason as one, or not. */
const reasonWords = (reason: string | null | undefined): string =>
  reason ? `: ${said(reason).replace(/\.$/, '')}` : '';
