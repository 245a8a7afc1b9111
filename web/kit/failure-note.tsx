import { type JSX, Show } from 'solid-js';
import type { ApiError } from '../api/api-error.ts';
import { t } from '../words/words.ts';
import { RequestId } from './request-id.tsx';

/** Why a request failed and what to do about it. */
export const errorWords = ({ code, message }: ApiError): string =>
  code === 'forbidden' ? t`${message} A tenant admin can give you access.` : message;

/** What was not done and why, beside the button that asked for it. */
export function FailureNote(props: {
  /** What an error means, such as "The comment was not sent." */
  failed: string;
  error: ApiError | undefined;
  /** Fields show the issues: the note only points at them. */
  highlighted?: boolean;
  /** Issues that no field shows. */
  children?: JSX.Element;
}) {
  return (
    <Show when={props.error}>
      {(error) => (
        <div role="alert" class="rounded-md border border-failed/25 bg-failed-soft px-3 py-2">
          <p>
            <span class="font-medium text-failed">{props.failed}</span>{' '}
            {props.highlighted ? t('Fix the highlighted fields.') : errorWords(error())}
            <RequestId id={error().requestId} />
          </p>
          {props.children}
        </div>
      )}
    </Show>
  );
}
