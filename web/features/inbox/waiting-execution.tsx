import { Link } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { QueryView } from '../../kit/query-view.tsx';
import { Status } from '../../kit/status.tsx';
import { t } from '../../words/words.ts';
import { ApprovalPanel } from '../executions/parts/approval-panel.tsx';
import { executionKind, executionWord } from '../executions/parts/execution-kind.ts';
import { useExecution } from '../executions/parts/execution-query.ts';
import { OutcomeLead } from '../executions/parts/outcome-lead.tsx';

/** An execution that people have to approve, as the inbox shows it; after the decision, its outcome. */
export function WaitingExecution(props: { executionId: string; tenant: string; onAct: () => void }) {
  return (
    // Another execution is another decision: nothing carries over.
    <Show when={props.executionId} keyed>
      {(id) => <LoadedExecution {...props} executionId={id} />}
    </Show>
  );
}

function LoadedExecution(props: { executionId: string; tenant: string; onAct: () => void }) {
  const query = useExecution(() => props.executionId);
  return (
    <QueryView query={query} what={t('The execution could not be loaded')}>
      {(execution) => (
        <section aria-label={execution().toolTitle} class="flex flex-col gap-3">
          <header class="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h3 class="font-semibold">{execution().toolTitle}</h3>
            <Status kind={executionKind(execution())} word={executionWord(execution())} />
            <code class="font-mono text-muted text-sm">
              {execution().toolName}@{execution().toolVersion}
            </code>
            <Link
              to="/t/$tenant/executions/$executionId"
              params={{ tenant: props.tenant, executionId: props.executionId }}
              class="ml-auto text-accent text-sm hover:text-accent-hover"
            >
              {t('Open execution')}
            </Link>
          </header>
          <Show when={execution().approval?.status !== 'waiting'}>
            <OutcomeLead execution={execution()} />
          </Show>
          <Show
            when={execution().approval}
            fallback={<p class="text-muted">{t('This execution needs no approval.')}</p>}
          >
            {(approval) => (
              <ApprovalPanel execution={execution()} approval={approval()} onAct={props.onAct} />
            )}
          </Show>
        </section>
      )}
    </QueryView>
  );
}
