import { For, Show } from 'solid-js';
import type { Issue } from '../../../../shared/platform/error-codes.ts';
import { type PublishPlan, runsWords } from './playbook-words.ts';

/** What publishing would do, in words: what changes, and which runs go on as they began. */
export function PublishPlanWords(props: { plan: PublishPlan; onIssue?: (issue: Issue) => void }) {
  return (
    <>
      <Show when={props.plan.issues.length > 0}>
        <IssueList issues={props.plan.issues} onIssue={props.onIssue} />
      </Show>
      <ChangeList plan={props.plan} />
      <Show when={props.plan.runs.length > 0}>
        <ul aria-label="Runs under way" class="text-muted">
          <For each={runsWords(props.plan.runs)}>{(words) => <li>{words}.</li>}</For>
        </ul>
      </Show>
    </>
  );
}

/** What keeps it from being published; each leads to its place where there is a form to go to. */
export function IssueList(props: {
  issues: readonly Issue[];
  onIssue?: ((issue: Issue) => void) | undefined;
}) {
  return (
    <div>
      <p class="text-failed">
        {props.issues.length === 1
          ? 'One problem keeps it from being published.'
          : `${props.issues.length} problems keep it from being published.`}
      </p>
      <ul aria-label="Problems" class="mt-1 border-t">
        <For each={props.issues}>
          {(issue) => (
            <li class="flex items-baseline gap-3 border-b py-1.5">
              <span class="min-w-0 flex-1">
                <Show when={props.onIssue} fallback={issue.message}>
                  {(go) => (
                    <button
                      type="button"
                      class="text-left underline-offset-2 hover:underline"
                      onClick={() => go()(issue)}
                    >
                      {issue.message}
                    </button>
                  )}
                </Show>
              </span>
              <code class="max-w-[40%] truncate font-mono text-faint text-sm" title={issue.path}>
                {issue.path}
              </code>
            </li>
          )}
        </For>
      </ul>
    </div>
  );
}

const kinds = {
  added: { word: 'Added', colour: 'text-succeeded' },
  removed: { word: 'Removed', colour: 'text-failed' },
  changed: { word: 'Changed', colour: 'text-muted' },
  moved: { word: 'Moved', colour: 'text-muted' },
} as const;

function ChangeList(props: { plan: PublishPlan }) {
  return (
    <Show
      when={props.plan.changes.length > 0}
      fallback={
        <p class="text-muted">
          {props.plan.fromVersion === null
            ? 'It is published for the first time.'
            : `It is the same as v${props.plan.fromVersion}.`}
        </p>
      }
    >
      <ul aria-label="Changes" class="border-t">
        <For each={props.plan.changes}>
          {(change) => (
            <li class="flex items-baseline gap-3 border-b py-1.5">
              <span class={`w-16 shrink-0 font-medium text-sm ${kinds[change.kind].colour}`}>
                {kinds[change.kind].word}
              </span>
              <span class="min-w-0 flex-1">{change.message}</span>
              <code class="max-w-[40%] truncate font-mono text-faint text-sm" title={change.path}>
                {change.stepId ?? change.path}
              </code>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
