import { type JSX, Show } from 'solid-js';
import type { ApiError } from '../api/api-error.ts';
import { RequestId } from './request-id.tsx';

/** Why a request failed and what to do about it. */
export function failureWords(error: ApiError): string {
  switch (error.code) {
    case 'invalid_input':
      return error.issues.length > 0 ? 'Fix the highlighted fields.' : error.message;
    case 'forbidden':
      return `${error.message} A tenant admin can give you access.`;
    default:
      return error.message;
  }
}

/** What was not done and why, beside the button that asked for it. */
export function FailureNote(props: {
  /** As in "The comment was not sent". */
  what: string;
  error: ApiError | undefined;
  /** Issues that no field shows. */
  children?: JSX.Element;
}) {
  return (
    <Show when={props.error}>
      {(error) => (
        <div role="alert" class="rounded-md border border-failed/25 bg-failed-soft px-3 py-2">
          <p>
            <span class="font-medium text-failed">{props.what}.</span> {failureWords(error())}
            <RequestId id={error().requestId} />
          </p>
          {props.children}
        </div>
      )}
    </Show>
  );
}
