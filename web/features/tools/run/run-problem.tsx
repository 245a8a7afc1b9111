import { For, Show } from 'solid-js';
import type { Issue } from '../../../../shared/platform/error-codes.ts';
import type { ApiError } from '../../../api/api-error.ts';
import { Button } from '../../../kit/button.tsx';
import { CopyButton } from '../../../kit/copy-button.tsx';

/** Why nothing was run, and what to do: each problem leads to its field. */
export function RunProblem(props: {
  what: string;
  error: ApiError;
  issues: readonly Issue[];
  onIssue: (pointer: string) => void;
  onPreview: () => void;
}) {
  const located = () => props.issues.length > 0;
  const words = () => {
    switch (props.error.code) {
      case 'invalid_input':
        return located()
          ? 'The input does not fit the tool’s schema. Nothing was sent.'
          : props.error.message;
      case 'preview_changed':
        return 'The request would no longer be the one you previewed: the tool, its connector or its credential has changed since. Nothing was sent. Look at the new request before you run it.';
      case 'idempotency_conflict':
        return 'An earlier press of Execute with other input may have run already. Close this sheet and look at the executions before you run it again.';
      case 'forbidden':
        return `${props.error.message} A tenant admin can give it to you. Nothing was sent.`;
      case 'disabled':
        return 'The tool is turned off for this tenant. Nothing was sent.';
      case 'offline':
        return 'The server did not answer, so it is not known whether the run began. Pressing Execute again is safe: it finds the same run.';
      default:
        return props.error.message;
    }
  };
  return (
    <div role="alert" class="max-h-[40%] shrink-0 overflow-auto border-t bg-failed-soft px-5 py-2.5">
      <div class="flex items-start gap-3">
        <p class="min-w-0 flex-1">
          <span class="font-medium text-failed">{props.what}.</span> {words()}
          <Show when={props.error.requestId}>
            {(id) => (
              <span class="ml-2 inline-flex items-center gap-1 text-faint text-sm">
                Request <code class="font-mono">{id()}</code>
                <CopyButton text={id()} label="Copy request id" />
              </span>
            )}
          </Show>
        </p>
        <Show when={props.error.code === 'preview_changed'}>
          <Button onClick={() => props.onPreview()}>Preview again</Button>
        </Show>
      </div>
      <Show when={located()}>
        <ul aria-label="Problems" class="mt-1 flex flex-col gap-0.5">
          <For each={props.issues}>
            {(issue) => (
              <li class="flex items-baseline gap-2">
                <button
                  type="button"
                  onClick={() => props.onIssue(issue.path)}
                  class="shrink-0 rounded-sm font-mono text-accent text-sm underline-offset-2 hover:underline"
                >
                  {issue.path || '/'}
                </button>
                <span class="min-w-0 break-words">{issue.message}</span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}
