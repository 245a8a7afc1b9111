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
import { Status } from '../../../kit/status.tsx';
import { toastError } from '../../../shell/toasts.tsx';
import { AttemptsTable } from '../parts/attempts-table.tsx';
import { CancelDialog } from '../parts/cancel-dialog.tsx';
import { executionKind } from '../parts/execution-kind.ts';
import { type Execution, isOpen } from '../parts/execution-words.ts';
import { OutcomeLead } from '../parts/outcome-lead.tsx';
import { EventTrail } from './event-trail.tsx';
import { ExecutionFacts } from './execution-facts.tsx';
import { QuarantineNote } from './quarantine-note.tsx';

/** One execution: its outcome, attempts, output, input and events. */
export function ExecutionDetail(props: { execution: Execution; tenant: string; back: JSX.Element }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const can = useCan();
  const execution = () => props.execution;
  const open = () => isOpen(execution());
  const [asking, setAsking] = createSignal<'cancel' | 'rerun' | null>(null);
  const [busy, setBusy] = createSignal(false);
  // One key per page: repeated clicks start one execution.
  const key = uuidv7();

  const goTo = (id: string) =>
    navigate({ to: '/t/$tenant/executions/$executionId', params: { tenant: props.tenant, executionId: id } });

  async function rerun(): Promise<void> {
    setBusy(true);
    try {
      const next = await api.executions.rerun.mutate({ id: execution().id, waitMs: 0, idempotencyKey: key });
      setAsking(null);
      client.setQueryData(queries.executions.get({ id: next.id }).queryKey, next);
      await goTo(next.id);
    } catch (error) {
      setAsking(null);
      if (toApiError(error).code !== 'invalid_input') {
        toastError('The tool was not run again', error);
        return;
      }
      // Secret inputs are not stored, so the run sheet asks for them.
      await edit();
    } finally {
      setBusy(false);
    }
  }

  /** Opens the run sheet with this input. */
  const edit = () =>
    navigate({
      to: '/t/$tenant/tools/$toolId/run',
      params: { tenant: props.tenant, toolId: execution().toolId },
      search: { input: execution().id, exception: execution().exceptionId ?? undefined },
    });

  async function cancel(): Promise<void> {
    setBusy(true);
    try {
      const next = await api.executions.cancel.mutate({ id: execution().id });
      client.setQueryData(queries.executions.get({ id: execution().id }).queryKey, next);
      setAsking(null);
    } catch (error) {
      toastError('The execution was not cancelled', error);
    } finally {
      setBusy(false);
    }
  }

  /** Asks first if a second execution could have a second effect. */
  const askRerun = () => {
    const { failure } = execution();
    const risky = failure && !failure.retryable && execution().attempts.length > 0;
    if (risky) setAsking('rerun');
    else void rerun();
  };
  const editWords = () => (mayRerun() ? 'Run with changes' : 'Correct the input');
  const mayControl = () => can('executions.control');
  const mayCancel = () => mayControl() && open() && !execution().cancelRequestedAt;
  const mayEdit = () => can('tools.execute') && !open();
  /** Invalid input would fail again. */
  const mayRerun = () => can('tools.execute') && !open() && execution().failure?.code !== 'invalid_input';

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
      ? [
          {
            id: 'execution:cancel',
            label: 'Cancel execution',
            group: 'Page' as const,
            run: () => setAsking('cancel'),
          },
        ]
      : []),
    {
      id: 'execution:tool',
      label: `Open ${execution().toolName}`,
      keys: 't',
      group: 'Page',
      run: () =>
        void navigate({
          to: '/t/$tenant/tools/$toolId',
          params: { tenant: props.tenant, toolId: execution().toolId },
          search: {},
        }),
    },
  ]);

  return (
    <>
      <PageHeader
        title={execution().toolTitle}
        back={props.back}
        aside={
          <>
            <span class="text-muted">v{execution().toolVersion}</span>
            <Status kind={executionKind(execution())} />
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
      <DetailBody facts={<ExecutionFacts execution={execution()} tenant={props.tenant} />}>
        <Show when={execution().status !== 'succeeded'}>
          <div class="px-6 pt-4">
            <OutcomeLead execution={execution()} />
          </div>
        </Show>
        <QuarantineNote execution={execution()} onReleased={(id) => void goTo(id)} />
        <Section title="Attempts">
          <Show
            when={execution().attempts.length > 0}
            fallback={
              <p class="text-muted">{open() ? 'No attempts yet.' : 'No attempts. Nothing was sent.'}</p>
            }
          >
            <AttemptsTable attempts={execution().attempts} />
          </Show>
        </Section>
        <Show when={!open() || execution().output !== null}>
          <Section title="Output">
            <Show when={execution().output !== null} fallback={<p class="text-muted">No output.</p>}>
              <JsonTree value={execution().output} label="Output" />
            </Show>
          </Section>
        </Show>
        <Section title="Input">
          <JsonTree value={execution().input} label="Input" />
        </Section>
        <Section title="Events">
          <EventTrail subjectType="execution" subjectId={execution().id} />
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
        title="Run again?"
        verb="Run again"
        busy={busy()}
      >
        The first call may have taken effect, and a second call could do the same thing twice. Check with the
        provider first.
      </ConfirmDialog>
    </>
  );
}
