import { For, Show } from 'solid-js';
import type { Issue } from '../../../../shared/platform/error-codes.ts';
import type { ApiError } from '../../../api/api-error.ts';
import { Button, ButtonLink } from '../../../kit/button.tsx';
import { errorWords } from '../../../kit/failure-note.tsx';
import { RequestId } from '../../../kit/request-id.tsx';
import { t } from '../../../words/words.ts';

/** Why the tool was not executed and what to do. Each issue leads to its field. */
export function ExecuteProblem(props: {
  what: string;
  error: ApiError;
  issues: readonly Issue[];
  tenant: string;
  onIssue: (pointer: string) => void;
  onPreview: () => void;
}) {
  const located = () => props.issues.length > 0;
  /** The execution that has to be settled first. */
  const unsettled = () => {
    const id = props.error.details?.executionId;
    return props.error.code === 'unsettled' && typeof id === 'string' ? id : undefined;
  };
  const words = () => {
    switch (props.error.code) {
      case 'invalid_input':
        return located() ? t('Fix the highlighted fields. Nothing was sent.') : props.error.message;
      case 'preview_changed':
        return t(
          'The request has changed since the preview: someone changed the tool, its connector or its credential. Nothing was sent. Preview the new request first.',
        );
      case 'idempotency_conflict':
        return t(
          'You already pressed Execute with a different input, and that execution may have started. Close this sheet and check the executions before you execute again.',
        );
      case 'forbidden':
        return t`${errorWords(props.error)} Nothing was sent.`;
      case 'disabled':
        return t('The tool is disabled for this organization. Nothing was sent.');
      case 'offline':
        return t(
          'The server is unreachable, so the execution may or may not have started. Pressing Execute again is safe: it starts at most one execution.',
        );
      default:
        return props.error.message;
    }
  };
  return (
    <div role="alert" class="max-h-[40%] shrink-0 overflow-auto border-t bg-failed-soft px-5 py-2.5">
      <div class="flex items-start gap-3">
        <p class="min-w-0 flex-1">
          <span class="font-medium text-failed">{props.what}.</span> {words()}
          <RequestId id={props.error.requestId} />
        </p>
        <Show when={unsettled()}>
          {(id) => (
            <ButtonLink
              to="/t/$tenant/executions/$executionId"
              params={{ tenant: props.tenant, executionId: id() }}
            >
              {t('Settle it')}
            </ButtonLink>
          )}
        </Show>
        <Show when={props.error.code === 'preview_changed'}>
          <Button onClick={() => props.onPreview()}>{t('Preview again')}</Button>
        </Show>
      </div>
      <Show when={located()}>
        <ul aria-label={t('Issues')} class="mt-1 flex flex-col gap-0.5">
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
