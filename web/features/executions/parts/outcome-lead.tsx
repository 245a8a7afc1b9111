import { For, Show } from 'solid-js';
import { useNow } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { type ExecutionKind, executionKind, executionWord } from './execution-kind.ts';
import { adviceWords, type Execution, effectWords, isOpen, nextWords } from './execution-words.ts';

const tints: Record<ExecutionKind, string> = {
  requested: 'bg-sunken border-line',
  running: 'bg-running-soft border-running/25',
  succeeded: 'bg-succeeded-soft border-succeeded/25',
  failed: 'bg-failed-soft border-failed/25',
  unknown: 'bg-unknown-soft border-unknown/35',
  waiting: 'bg-sunken border-line',
  cancelled: 'bg-sunken border-line',
};

/** The summary of an execution: what happens next, or why it failed, whether it took effect, and what to do. */
export function OutcomeLead(props: { execution: Execution; onIssue?: (pointer: string) => void }) {
  const kind = () => executionKind(props.execution);
  return (
    <Show when={props.execution.status !== 'succeeded'}>
      <div class={`flex flex-col gap-1 rounded-md border px-3 py-2 ${tints[kind()]}`} role="status">
        <Show when={isOpen(props.execution)} fallback={<FailureLead {...props} kind={kind()} />}>
          <NextLead execution={props.execution} kind={kind()} />
        </Show>
      </div>
    </Show>
  );
}

function NextLead(props: { execution: Execution; kind: ExecutionKind }) {
  const now = useNow();
  return (
    <p class="flex items-baseline gap-2">
      <span class="self-center">
        <Status kind={props.kind} word={executionWord(props.execution)} />
      </span>
      <span>{nextWords(props.execution, now())}</span>
    </p>
  );
}

function FailureLead(props: {
  execution: Execution;
  kind: ExecutionKind;
  onIssue?: (pointer: string) => void;
}) {
  return (
    <>
      <p class="flex items-start gap-x-2 font-medium max-sm:flex-col">
        <Status
          kind={props.kind}
          word={executionWord(props.execution) ?? (props.kind === 'failed' ? t('Failed') : undefined)}
        />
        <span class="min-w-0 break-words">{said(props.execution.failure?.message)}</span>
      </p>
      <p>
        <Show when={effectWords(props.execution)}>{(words) => <>{words()} </>}</Show>
        {adviceWords(props.execution)}
      </p>
      <Show when={props.execution.issues?.length}>
        <ul class="mt-1 flex flex-col gap-1" aria-label={t('Problems')}>
          <For each={props.execution.issues}>
            {(issue) => (
              <li class="flex items-baseline gap-2">
                <Show
                  when={props.onIssue}
                  fallback={<code class="shrink-0 font-mono text-sm">{issue.path || '/'}</code>}
                >
                  {(go) => (
                    <button
                      type="button"
                      class="shrink-0 rounded-sm font-mono text-accent text-sm underline-offset-2 hover:underline"
                      onClick={() => go()(issue.path)}
                    >
                      {issue.path || '/'}
                    </button>
                  )}
                </Show>
                <span class="min-w-0 break-words">{said(issue.message)}</span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  );
}
