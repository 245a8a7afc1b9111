import { createEffect, type JSX, on, Show } from 'solid-js';
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
  let note: HTMLDivElement | undefined;
  createEffect(
    on(
      () => props.error,
      // After the fields have their marks.
      (error) => error && requestAnimationFrame(() => note && leadTo(note)),
    ),
  );
  return (
    <Show when={props.error}>
      {(error) => (
        <div
          ref={note}
          role="alert"
          tabindex="-1"
          class="rounded-md border border-failed/25 bg-failed-soft px-3 py-2 outline-none"
        >
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

/** Moves the focus to the first field that is wrong; to the note if the focus is nowhere. Who has gone elsewhere stays there. */
function leadTo(note: HTMLElement): void {
  const form = note.closest('form, [role="dialog"]');
  const active = document.activeElement;
  const isNowhere = active === document.body;
  if (!isNowhere && !form?.contains(active)) return;
  const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"]:not(:disabled)');
  if (wrong) wrong.focus();
  else if (isNowhere) note.focus();
}
