import { Show } from 'solid-js';
import type { ApiError } from '../../../api/api-error.ts';
import { CopyButton } from '../../../kit/copy-button.tsx';

/** What was not done and why, where it was asked for. */
export function FailureNote(props: { what: string; error: ApiError | undefined }) {
  const why = (error: ApiError) =>
    error.code === 'forbidden' ? `${error.message} A tenant admin can give it to you.` : error.message;
  return (
    <Show when={props.error}>
      {(error) => (
        <p role="alert" class="rounded-md border border-failed/25 bg-failed-soft px-3 py-2">
          <span class="font-medium text-failed">{props.what}.</span> {why(error())}
          <Show when={error().requestId}>
            {(id) => (
              <span class="ml-2 inline-flex items-center gap-1 text-faint text-sm">
                Request <code class="font-mono">{id()}</code>
                <CopyButton text={id()} label="Copy request id" />
              </span>
            )}
          </Show>
        </p>
      )}
    </Show>
  );
}
