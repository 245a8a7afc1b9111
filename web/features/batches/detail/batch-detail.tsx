import { useQueryClient } from '@tanstack/solid-query';
import { Link } from '@tanstack/solid-router';
import { Ban, Pause, Play, RotateCw, Undo2 } from 'lucide-solid';
import { createSignal, type JSX, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { api, queries } from '../../../api/trpc.ts';
import { ActionDialog } from '../../../kit/action-dialog.tsx';
import { useActions } from '../../../kit/actions.ts';
import { Button } from '../../../kit/button.tsx';
import { Fact, Facts } from '../../../kit/facts.tsx';
import { IdChip } from '../../../kit/id-chip.tsx';
import { DetailBody, PageHeader, Section } from '../../../kit/page-header.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { TemporalLink } from '../../../kit/temporal-link.tsx';
import { toastError } from '../../../shell/toasts.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { UndoAllDialog } from '../../undo/parts/undo-dialog.tsx';
import { UndoSections } from '../../undo/parts/undo-section.tsx';
import { type Batch, batchShown, isOpen } from '../parts/batch-words.ts';
import { Progress } from '../parts/progress.tsx';
import { BatchGraph } from './batch-graph.tsx';
import { CallsTable } from './calls-table.tsx';

type Control = 'pause' | 'resume' | 'retryFailed';

/** One batch: how far it is, its calls, and what can be done about it. */
export function BatchDetail(props: { batch: Batch; tenant: string; back: JSX.Element }) {
  const client = useQueryClient();
  const can = useCan();
  const batch = () => props.batch;
  const [busy, setBusy] = createSignal<Control | null>(null);
  const [asking, setAsking] = createSignal<'cancel' | 'undo' | null>(null);
  const show = (next: Batch) => client.setQueryData(queries.batches.get({ id: batch().id }).queryKey, next);
  const failed: Record<Control, string> = {
    pause: t('The batch was not paused'),
    resume: t('The batch was not resumed'),
    retryFailed: t('Nothing was retried'),
  };

  async function control(what: Control): Promise<void> {
    if (busy()) return;
    setBusy(what);
    const { id } = batch();
    try {
      show(
        what === 'retryFailed'
          ? await api.batches.retryFailed.mutate({ id, waitMs: 0 })
          : await api.batches[what].mutate({ id }),
      );
    } catch (error) {
      toastError(failed[what], error);
    } finally {
      setBusy(null);
    }
  }

  const mayCancel = () =>
    can('executions.control') && (batch().status === 'running' || batch().status === 'paused');
  const mayRetry = () =>
    can('tools.execute') &&
    batch().undo.length === 0 &&
    batch().retryable &&
    ['failed', 'cancelled'].includes(batch().status);
  const mayUndo = () =>
    can('tools.execute') &&
    batch().endedAt !== null &&
    batch().counts.succeeded > 0 &&
    batch().undo.length === 0;
  const reload = () =>
    void client.invalidateQueries({ queryKey: queries.batches.get({ id: batch().id }).queryKey });
  const mayPause = () => can('executions.control') && batch().status === 'running';
  const mayResume = () => can('tools.execute') && batch().status === 'paused';
  useActions(() =>
    [
      { may: mayUndo, label: t('Undo…'), keys: 'u', run: () => setAsking('undo') },
      { may: mayRetry, label: t('Retry what failed'), keys: 'r', run: () => void control('retryFailed') },
      { may: mayPause, label: t('Pause'), keys: 'p', run: () => void control('pause') },
      { may: mayResume, label: t('Resume'), keys: 'p', run: () => void control('resume') },
      { may: mayCancel, label: t('Cancel batch'), run: () => setAsking('cancel') },
    ].flatMap(({ may, ...action }) =>
      may() ? [{ ...action, id: `batch:${action.label}`, group: 'Page' as const }] : [],
    ),
  );
  const hasGraph = () => batch().calls.some(({ needs }) => needs.length > 0);

  return (
    <>
      <PageHeader
        title={batch().title}
        back={props.back}
        aside={<Status announced={t('Batch')} {...batchShown[batch().status]} />}
        actions={
          <>
            <Show when={mayCancel()}>
              <Button icon={Ban} onClick={() => setAsking('cancel')}>
                {t('Cancel')}
              </Button>
            </Show>
            <Show when={mayPause()}>
              <Button icon={Pause} keys="p" busy={busy() === 'pause'} onClick={() => void control('pause')}>
                {t('Pause')}
              </Button>
            </Show>
            <Show when={mayResume()}>
              <Button
                variant="primary"
                icon={Play}
                keys="p"
                busy={busy() === 'resume'}
                onClick={() => void control('resume')}
              >
                {t('Resume')}
              </Button>
            </Show>
            <Show when={mayUndo()}>
              <Button icon={Undo2} keys="u" onClick={() => setAsking('undo')}>
                {t('Undo…')}
              </Button>
            </Show>
            <Show when={mayRetry()}>
              <Button
                variant="primary"
                icon={RotateCw}
                keys="r"
                busy={busy() === 'retryFailed'}
                onClick={() => void control('retryFailed')}
              >
                {t('Retry what failed')}
              </Button>
            </Show>
          </>
        }
      />
      <DetailBody facts={<BatchFacts batch={batch()} tenant={props.tenant} />}>
        <div class="flex flex-col gap-3 px-6 max-sm:px-4 pt-4">
          <Show when={batch().reason}>{(reason) => <p>{said(reason())}</p>}</Show>
          <Progress batch={batch()} />
        </div>
        <UndoSections
          of="batches"
          id={batch().id}
          series={batch().undo}
          tenant={props.tenant}
          onChanged={reload}
        />
        <Show when={hasGraph()}>
          <Section title={t('Graph')}>
            <BatchGraph calls={batch().calls} />
          </Section>
        </Show>
        <Section title={t('Calls')}>
          <CallsTable calls={batch().calls} tenant={props.tenant} />
        </Section>
      </DetailBody>
      <ActionDialog
        open={asking() === 'cancel'}
        title={t('Cancel this batch?')}
        verb={t('Cancel batch')}
        danger
        failed={t('The batch was not cancelled.')}
        onClose={() => setAsking(null)}
        onConfirm={async () => show(await api.batches.cancel.mutate({ id: batch().id }))}
      >
        {t(
          'No further call begins, and those in progress are asked to end. A request that was already sent may still take effect.',
        )}
      </ActionDialog>
      <Show when={asking() === 'undo'}>
        <UndoAllDialog of="batches" id={batch().id} onStarted={reload} onClose={() => setAsking(null)} />
      </Show>
    </>
  );
}

function BatchFacts(props: { batch: Batch; tenant: string }) {
  const batch = () => props.batch;
  const afterFailure = {
    stop: t('No further call begins'),
    continue: t('Others continue'),
    undo: t('What was done is undone'),
  } as const;
  return (
    <Facts label={t('Batch')}>
      <Fact label={t('ID')}>
        <IdChip id={batch().id} label={t('Copy batch ID')} />
      </Fact>
      <Fact label={t('Started by')}>{batch().actor.name}</Fact>
      <Show when={batch().runBy.id !== batch().actor.id}>
        <Fact label={t('Last changed by')}>{batch().runBy.name}</Fact>
      </Show>
      <Fact label={t('Started')}>
        <RelativeTime at={batch().createdAt} />
      </Fact>
      <Show when={batch().endedAt}>
        {(at) => (
          <Fact label={t('Ended')}>
            <RelativeTime at={at()} />
          </Fact>
        )}
      </Show>
      <Fact label={t('Calls at once')}>{batch().concurrency}</Fact>
      <Show when={batch().perMinute}>{(count) => <Fact label={t('Calls in a minute')}>{count()}</Fact>}</Show>
      <Fact label={t('After a failure')}>{afterFailure[batch().onFailure]}</Fact>
      <Show when={isOpen(batch()) && batch().deadlineAt}>
        {(at) => (
          <Fact label={t('Deadline')}>
            <RelativeTime at={at()} />
          </Fact>
        )}
      </Show>
      <Show when={batch().step}>
        {(step) => (
          <Fact label={t('Playbook run')}>
            <Link
              to="/t/$tenant/playbook-runs/$runId"
              params={{ tenant: props.tenant, runId: step().runId }}
              search={{ step: step().stepId }}
              class="text-accent hover:text-accent-hover"
            >
              {t('Open')}
            </Link>
          </Fact>
        )}
      </Show>
      <Show when={batch().exceptionId}>
        {(exceptionId) => (
          <Fact label={t('Exception')}>
            <Link
              to="/t/$tenant/exceptions/$exceptionId"
              params={{ tenant: props.tenant, exceptionId: exceptionId() }}
              search={{}}
              class="text-accent hover:text-accent-hover"
            >
              {t('Open')}
            </Link>
          </Fact>
        )}
      </Show>
      <Show when={batch().temporalUrl}>
        {(url) => (
          <Fact label={t('Workflow')}>
            <TemporalLink url={url()} />
          </Fact>
        )}
      </Show>
    </Facts>
  );
}
