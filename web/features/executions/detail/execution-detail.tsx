import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate } from '@tanstack/solid-router';
import { Ban, Pencil, RotateCw } from 'lucide-solid';
import { createSignal, type JSX, Show } from 'solid-js';
import { v7 as uuidv7 } from 'uuid';
import { toApiError } from '../../../api/api-error.ts';
import { useCan } from '../../../api/me.ts';
import { api, queries } from '../../../api/trpc.ts';
import { useActions } from '../../../kit/actions.ts';
import { Button } from '../../../kit/button.tsx';
import { ConfirmDialog } from '../../../kit/dialog.tsx';
import { JsonTree } from '../../../kit/json-tree/json-tree.tsx';
import { DetailBody, PageHeader, Section } from '../../../kit/page-header.tsx';
import { executionKind, Status } from '../../../kit/status.tsx';
import { toastError } from '../../../shell/toasts.tsx';
import { AttemptsTable } from '../parts/attempts-table.tsx';
import { CancelDialog } from '../parts/cancel-dialog.tsx';
import { type Execution, isOpen } from '../parts/execution-words.ts';
import { OutcomeLead } from '../parts/outcome-lead.tsx';
import { EventTrail } from './event-trail.tsx';
import { ExecutionFacts } from './execution-facts.tsx';

/** The story of one execution: how it stands, its attempts, what went in and what came out. */
export function ExecutionDetail(props: { execution: Execution; tenant: string; back: JSX.Element }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const can = useCan();
  const run = () => props.execution;
  const open = () => isOpen(run());
  const [asking, setAsking] = createSignal<'cancel' | 'rerun' | null>(null);
  const [busy, setBusy] = createSignal(false);
  // However often it is asked for from this page, it is one run.
  const key = uuidv7();

  const goTo = (id: string) =>
    navigate({ to: '/t/$tenant/executions/$executionId', params: { tenant: props.tenant, executionId: id } });

  async function rerun(): Promise<void> {
    setBusy(true);
    try {
      const next = await api.executions.rerun.mutate({ id: run().id, waitMs: 0, idempotencyKey: key });
      setAsking(null);
      client.setQueryData(queries.executions.get({ id: next.id }).queryKey, next);
      await goTo(next.id);
    } catch (error) {
      setAsking(null);
      if (toApiError(error).code !== 'invalid_input') {
        toastError('It was not run again', error);
        return;
      }
      // Its secret inputs were not kept: the run sheet asks for them.
      await edit();
    } finally {
      setBusy(false);
    }
  }

  /** The run sheet with this input in it. */
  const edit = () =>
    navigate({
      to: '/t/$tenant/tools/$toolId/run',
      params: { tenant: props.tenant, toolId: run().toolId },
      search: { input: run().id, exception: run().exceptionId ?? undefined },
    });

  async function cancel(): Promise<void> {
    setBusy(true);
    try {
      const next = await api.executions.cancel.mutate({ id: run().id });
      client.setQueryData(queries.executions.get({ id: run().id }).queryKey, next);
      setAsking(null);
    } catch (error) {
      toastError('It was not cancelled', error);
    } finally {
      setBusy(false);
    }
  }

  /** A second run that may have a second effect is worth a question. */
  const askRerun = () => {
    const { failure } = run();
    const risky = failure && !failure.retryable && run().attempts.length > 0;
    if (risky) setAsking('rerun');
    else void rerun();
  };
  const editWords = () => (mayRerun() ? 'Run with changes' : 'Correct the input');
  const mayControl = () => can('executions.control');
  const mayCancel = () => mayControl() && open() && !run().cancelRequestedAt;
  const mayEdit = () => can('tools.execute') && !open();
  /** The same input would be refused the same way. */
  const mayRerun = () => can('tools.execute') && !open() && run().failure?.code !== 'invalid_input';

  useActions(() => [
    ...(mayRerun()
      ? [{ id: 'execution:rerun', label: 'Run again', keys: 'r', group: 'Page' as const, run: askRerun }]
      : []),
    ...(mayEdit()
      ? [
          {
            id: 'execution:edit',
            label: editWords(),
            keys: 'e',
            group: 'Page' as const,
            run: () => void edit(),
          },
        ]
      : []),
    ...(mayCancel()
      ? [{ id: 'execution:cancel', label: 'Cancel', group: 'Page' as const, run: () => setAsking('cancel') }]
      : []),
    {
      id: 'execution:tool',
      label: `Open ${run().toolName}`,
      keys: 't',
      group: 'Page',
      run: () =>
        void navigate({
          to: '/t/$tenant/tools/$toolId',
          params: { tenant: props.tenant, toolId: run().toolId },
          search: {},
        }),
    },
  ]);

  return (
    <>
      <PageHeader
        title={run().toolTitle}
        back={props.back}
        aside={
          <>
            <span class="text-muted">v{run().toolVersion}</span>
            <Status kind={executionKind(run())} />
          </>
        }
        actions={
          <>
            <Show when={mayCancel()}>
              <Button icon={Ban} onClick={() => setAsking('cancel')}>
                Cancel
              </Button>
            </Show>
            <Show when={mayEdit()}>
              <Button
                icon={Pencil}
                keys="e"
                variant={mayRerun() ? 'plain' : 'primary'}
                onClick={() => void edit()}
              >
                {editWords()}
              </Button>
            </Show>
            <Show when={mayRerun()}>
              <Button variant="primary" icon={RotateCw} keys="r" busy={busy()} onClick={askRerun}>
                Run again
              </Button>
            </Show>
          </>
        }
      />
      <DetailBody facts={<ExecutionFacts execution={run()} tenant={props.tenant} />}>
        <Show when={run().status !== 'succeeded'}>
          <div class="px-6 pt-4">
            <OutcomeLead execution={run()} />
          </div>
        </Show>
        <Section title="Attempts">
          <Show
            when={run().attempts.length > 0}
            fallback={<p class="text-muted">{open() ? 'None yet.' : 'None: nothing was sent.'}</p>}
          >
            <AttemptsTable attempts={run().attempts} />
          </Show>
        </Section>
        <Show when={!open() || run().output !== null}>
          <Section title="Output">
            <Show when={run().output !== null} fallback={<p class="text-muted">There is none.</p>}>
              <JsonTree value={run().output} label="Output" />
            </Show>
          </Section>
        </Show>
        <Section title="Input">
          <JsonTree value={run().input} label="Input" />
        </Section>
        <Section title="Events">
          <EventTrail subjectType="execution" subjectId={run().id} />
        </Section>
      </DetailBody>
      <CancelDialog
        open={asking() === 'cancel'}
        busy={busy()}
        onClose={() => setAsking(null)}
        onConfirm={() => void cancel()}
      />
      <ConfirmDialog
        open={asking() === 'rerun'}
        onClose={() => setAsking(null)}
        onConfirm={() => void rerun()}
        title="Run it again?"
        verb="Run again"
        keep="Leave it"
        busy={busy()}
      >
        The first call may have taken effect. A second one could do the same thing twice: look at the provider
        first.
      </ConfirmDialog>
    </>
  );
}
