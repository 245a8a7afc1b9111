import { Link } from '@tanstack/solid-router';
import { Ban } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { api } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { JsonTree } from '../../../kit/json-tree/json-tree.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { Status } from '../../../kit/status.tsx';
import { TemporalLink } from '../../../kit/temporal-link.tsx';
import { toastError } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import { AttemptsTable } from '../../executions/parts/attempts-table.tsx';
import { CancelDialog } from '../../executions/parts/cancel-dialog.tsx';
import { isUnsettled } from '../../executions/parts/earlier-words.ts';
import { Duration } from '../../executions/parts/execution-columns.tsx';
import { ExecutionFiles } from '../../executions/parts/execution-files.tsx';
import { executionKind, executionWord } from '../../executions/parts/execution-kind.ts';
import { useExecution } from '../../executions/parts/execution-query.ts';
import { isOpen } from '../../executions/parts/execution-words.ts';
import { OutcomeLead } from '../../executions/parts/outcome-lead.tsx';
import { Panel } from './panel.tsx';

/** The execution that this sheet started, updated as it proceeds. */
export function ExecutionPanel(props: {
  executionId: string;
  tenant: string;
  onIssue: (pointer: string) => void;
  onClose: () => void;
}) {
  const can = useCan();
  const query = useExecution(() => props.executionId);
  const [busy, setBusy] = createSignal(false);
  const [asking, setAsking] = createSignal(false);
  const cancel = async () => {
    setBusy(true);
    try {
      await api.executions.cancel.mutate({ id: props.executionId });
      await query.refetch();
    } catch (error) {
      toastError(t('The execution was not cancelled'), error);
    } finally {
      setAsking(false);
      setBusy(false);
    }
  };
  const loaded = () => (query.isSuccess ? query.data : undefined);
  return (
    <Panel
      title={t('Execution')}
      onClose={props.onClose}
      aside={
        <Show when={loaded()}>
          {(execution) => (
            <>
              <Status kind={executionKind(execution())} word={executionWord(execution())} />
              <span class="text-muted text-sm">
                <Duration execution={execution()} />
              </span>
              <span class="ml-auto flex items-center gap-3 text-sm">
                <Show
                  when={isOpen(execution()) && !execution().cancelRequestedAt && can('executions.control')}
                >
                  <Button variant="quiet" icon={Ban} onClick={() => setAsking(true)}>
                    {t('Cancel')}
                  </Button>
                </Show>
                <TemporalLink url={execution().temporalUrl} />
                <Link
                  to="/t/$tenant/executions/$executionId"
                  params={{ tenant: props.tenant, executionId: props.executionId }}
                  class="text-accent hover:text-accent-hover"
                >
                  {isUnsettled(execution()) ? t('Settle') : t('Open execution')}
                </Link>
              </span>
            </>
          )}
        </Show>
      }
    >
      <CancelDialog
        open={asking()}
        busy={busy()}
        onClose={() => setAsking(false)}
        onConfirm={() => void cancel()}
      />
      <QueryView query={query} what={t('The execution could not be loaded')}>
        {(execution) => (
          <div class="flex flex-col gap-3">
            <OutcomeLead execution={execution()} onIssue={props.onIssue} />
            <ExecutionFiles input={undefined} output={execution().output} />
            <Show when={execution().output !== null && execution().output !== undefined}>
              <JsonTree value={execution().output} label={t('Output')} />
            </Show>
            <Show when={execution().status === 'succeeded' && execution().output === null}>
              <p class="text-muted">{t('Succeeded without output.')}</p>
            </Show>
            <Show
              when={execution().attempts.length > 1 || isOpen(execution()) || execution().status === 'failed'}
            >
              <Show when={execution().attempts.length > 0}>
                <AttemptsTable attempts={execution().attempts} />
              </Show>
            </Show>
          </div>
        )}
      </QueryView>
    </Panel>
  );
}
