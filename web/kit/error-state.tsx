import { type JSX, Show } from 'solid-js';
import { toApiError } from '../api/api-error.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';

/** What failed, why, and what to do next. */
export function ErrorState(props: {
  error: unknown;
  /** As in "The tool could not be loaded". */
  what: string;
  onRetry?: () => void;
  /** Another way on, beside the retry. */
  action?: JSX.Element;
}) {
  const error = () => toApiError(props.error);
  const title = () => {
    if (error().code === 'not_found') return 'Not found';
    if (error().code === 'forbidden') return 'You may not see this';
    return props.what;
  };
  const advice = () => {
    switch (error().code) {
      case 'not_found':
        return 'It does not exist in this tenant, or it was archived.';
      case 'forbidden':
        return error().message.includes('role')
          ? `${error().message} A tenant admin can give it to you.`
          : error().message;
      case 'offline':
        return 'The server did not answer. What you see elsewhere on this page may be out of date.';
      default:
        return error().message;
    }
  };
  const canRetry = () => error().code !== 'not_found' && error().code !== 'forbidden' && props.onRetry;
  return (
    <div role="alert" class="flex flex-col items-start gap-1 px-6 py-10">
      <p class="font-medium">{title()}</p>
      <p class="max-w-[60ch] text-muted">{advice()}</p>
      <Show when={error().requestId}>
        {(id) => (
          <p class="mt-1 flex items-center gap-1 text-sm text-faint">
            Request <code class="font-mono">{id()}</code>
            <CopyButton text={id()} label="Copy request id" />
          </p>
        )}
      </Show>
      <div class="mt-3 flex items-center gap-3 empty:hidden">
        <Show when={canRetry()}>{(retry) => <Button onClick={() => retry()()}>Try again</Button>}</Show>
        {props.action}
      </div>
    </div>
  );
}
