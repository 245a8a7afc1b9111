import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate } from '@tanstack/solid-router';
import { Ban, Gavel, RotateCw, Undo2 } from 'lucide-solid';
import { createSignal, type JSX, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { api, queries } from '../../../api/trpc.ts';
import { useActions } from '../../../kit/actions.ts';
import { Button } from '../../../kit/button.tsx';
import { JsonView } from '../../../kit/json-view/json-view.tsx';
import { DetailBody, PageHeader, Section } from '../../../kit/page-header.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { toastError } from '../../../shell/toasts.tsx';
import { rich, t } from '../../../words/words.ts';
import { UndoExecutionDialog } from '../../undo/parts/undo-dialog.tsx';
import { ApprovalPanel } from '../parts/approval-panel.tsx';
import { AttemptsTable } from '../parts/attempts-table.tsx';
import { CancelDialog } from '../parts/cancel-dialog.tsx';
import { isUnsettled } from '../parts/earlier-words.ts';
import { ExecutionFiles, hasFiles } from '../parts/execution-files.tsx';
import { executionKind, executionWord } from '../parts/execution-kind.ts';
import { type Execution, isOpen } from '../parts/execution-words.ts';
import { OutcomeLead } from '../parts/outcome-lead.tsx';
import { WaitingNote } from '../parts/waiting-note.tsx';
import { EventTrail } from './event-trail.tsx';
import { ExecutionFacts } from './execution-facts.tsx';
import { LiveOutput } from './live-output.tsx';
import { QuarantineNote } from './quarantine-note.tsx';
import { SettleSheet } from './settle/settle-sheet.tsx';
import { SettlementNote } from './settle/settlement-note.tsx';

/** A wait that its attempts do not explain. */
const elsewhereWaiting = ({ waiting }: Execution) => (waiting?.reason === 'retry' ? undefined : waiting);

/** One execution: its outcome, attempts, output, input and events. */
export function ExecutionDetail(props: { execution: Execution; tenant: string; back: JSX.Element }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const can = useCan();
  const execution = () => props.execution;
  const open = () => isOpen(execution());
  const [asking, setAsking] = createSignal<'cancel' | 'settle' | 'undo' | null>(null);
  const [busy, setBusy] = createSignal(false);

  /** Opens the run sheet with this input. It says what this execution did, and asks where a second one acts again. */
  const runAgain = () =>
    void navigate({
      to: '/t/$tenant/tools/$toolId/run',
      params: { tenant: props.tenant, toolId: execution().toolId },
      search: { rerun: execution().id, exception: execution().exceptionId ?? undefined },
    });

  async function cancel(): Promise<void> {
    setBusy(true);
    try {
      const next = await api.executions.cancel.mutate({ id: execution().id });
      client.setQueryData(queries.executions.get({ id: execution().id }).queryKey, next);
      setAsking(null);
    } catch (error) {
      toastError(t('The execution was not cancelled'), error);
    } finally {
      setBusy(false);
    }
  }

  const mayControl = () => can('executions.control');
  const mayCancel = () => mayControl() && open() && !execution().cancelRequestedAt;
  const isUnknown = () => execution().failure?.code === 'outcome_unknown';
  const maySettle = () => mayControl() && isUnknown();
  const mayUndo = () => can('tools.execute') && execution().undo?.possible === true;
  /** An unknown outcome is settled first; what undoes another is not sent twice. */
  const mayRunAgain = () =>
    can('tools.execute') &&
    !open() &&
    !isUnsettled(execution()) &&
    execution().undoOf === null &&
    !execution().test;
  const againWord = () =>
    execution().failure?.code === 'invalid_input' ? t('Correct the input') : t('Run again');

  useActions(() => [
    ...(mayRunAgain()
      ? [
          {
            id: 'execution:rerun',
            label: againWord(),
            keys: 'r',
            group: 'Page' as const,
            run: runAgain,
          },
        ]
      : []),
    ...(maySettle()
      ? [
          {
            id: 'execution:settle',
            label: t('Settle'),
            keys: 's',
            group: 'Page' as const,
            run: () => setAsking('settle'),
          },
        ]
      : []),
    ...(mayUndo()
      ? [
          {
            id: 'execution:undo',
            label: t('Undo…'),
            keys: 'u',
            group: 'Page' as const,
            run: () => setAsking('undo'),
          },
        ]
      : []),
    ...(mayCancel()
      ? [
          {
            id: 'execution:cancel',
            label: t('Cancel execution'),
            group: 'Page' as const,
            run: () => setAsking('cancel'),
          },
        ]
      : []),
    {
      id: 'execution:tool',
      label: t`Open ${execution().toolName}`,
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
            <Show when={execution().test}>
              <span class="rounded-sm border px-1.5 text-muted text-sm">{t('Test of a draft')}</span>
            </Show>
            <Status
              announced={t('Execution')}
              kind={executionKind(execution())}
              word={executionWord(execution())}
            />
          </>
        }
        actions={
          <>
            <Show when={mayCancel()}>
              <Button icon={Ban} onClick={() => setAsking('cancel')}>
                {t('Cancel')}
              </Button>
            </Show>
            <Show when={mayUndo()}>
              <Button icon={Undo2} keys="u" onClick={() => setAsking('undo')}>
                {t('Undo…')}
              </Button>
            </Show>
            <Show when={mayRunAgain()}>
              <Button variant={maySettle() ? 'plain' : 'primary'} icon={RotateCw} keys="r" onClick={runAgain}>
                {againWord()}
              </Button>
            </Show>
            <Show when={maySettle()}>
              <Button variant="primary" icon={Gavel} keys="s" onClick={() => setAsking('settle')}>
                {t('Settle')}
              </Button>
            </Show>
          </>
        }
      />
      <DetailBody facts={<ExecutionFacts execution={execution()} tenant={props.tenant} />}>
        <div class="flex flex-col gap-2 px-6 max-sm:px-4 pt-4 empty:hidden">
          <Show
            when={execution().settlement}
            fallback={
              // The approval below says it.
              <Show when={execution().approval?.status !== 'waiting' || !open()}>
                <Show when={elsewhereWaiting(execution())} fallback={<OutcomeLead execution={execution()} />}>
                  {(waiting) => <WaitingNote waiting={waiting()} />}
                </Show>
              </Show>
            }
          >
            {(settlement) => <SettlementNote settlement={settlement()} />}
          </Show>
        </div>
        <Show when={execution().payloadsRemovedAt}>
          {(at) => (
            <p class="px-6 max-sm:px-4 pt-3 text-muted">{rich`Input, output, requests and responses were removed ${<RelativeTime at={at()} />}, as the retention of the organization asks.`}</p>
          )}
        </Show>
        <QuarantineNote
          execution={execution()}
          onReleased={(executionId) =>
            void navigate({
              to: '/t/$tenant/executions/$executionId',
              params: { tenant: props.tenant, executionId },
            })
          }
        />
        <Show when={execution().approval}>
          {(approval) => (
            <Section title={t('Approval')}>
              <ApprovalPanel execution={execution()} approval={approval()} />
            </Section>
          )}
        </Show>
        <Section title={t('Attempts')}>
          <Show
            when={execution().attempts.length > 0}
            fallback={
              <p class="text-muted">{open() ? t('No attempts yet.') : t('No attempts. Nothing was sent.')}</p>
            }
          >
            <AttemptsTable attempts={execution().attempts} />
          </Show>
        </Section>
        <LiveOutput execution={execution()} />
        <Show when={hasFiles(execution().input, execution().output)}>
          <Section title={t('Files')}>
            <ExecutionFiles input={execution().input} output={execution().output} />
          </Section>
        </Show>
        <Show when={!execution().payloadsRemovedAt && (!open() || execution().output !== null)}>
          <Section title={t('Output')}>
            <Show when={execution().output !== null} fallback={<p class="text-muted">{t('No output.')}</p>}>
              <JsonView
                main
                value={execution().output}
                label={t('Output')}
                fileName={`${execution().toolName}-output`}
              />
            </Show>
          </Section>
        </Show>
        <Show when={!execution().payloadsRemovedAt}>
          <Section title={t('Input')}>
            <JsonView
              value={execution().input}
              label={t('Input')}
              fileName={`${execution().toolName}-input`}
            />
          </Section>
        </Show>
        <Section title={t('Events')}>
          <EventTrail subjectType="execution" subjectId={execution().id} />
        </Section>
      </DetailBody>
      <CancelDialog
        open={asking() === 'cancel'}
        busy={busy()}
        onClose={() => setAsking(null)}
        onConfirm={() => void cancel()}
      />
      <Show when={asking() === 'undo'}>
        <UndoExecutionDialog
          id={execution().id}
          onClose={() => setAsking(null)}
          onUndone={(executionId) =>
            void navigate({
              to: '/t/$tenant/executions/$executionId',
              params: { tenant: props.tenant, executionId },
            })
          }
        />
      </Show>
      <Show when={asking() === 'settle'}>
        <SettleSheet execution={execution()} tenant={props.tenant} onClose={() => setAsking(null)} />
      </Show>
    </>
  );
}
