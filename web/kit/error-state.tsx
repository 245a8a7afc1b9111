import { type JSX, Show } from 'solid-js';
import { toApiError } from '../api/api-error.ts';
import { t } from '../words/words.ts';
import { Button } from './button.tsx';
import { errorWords } from './failure-note.tsx';
import { RequestId } from './request-id.tsx';

/** Says what failed, why, and what to do next. */
export function ErrorState(props: {
  error: unknown;
  /** Such as "The list could not be loaded". */
  what: string;
  onRetry?: () => void;
  /** Shown beside "Try again". */
  action?: JSX.Element;
}) {
  const error = () => toApiError(props.error);
  const title = () => {
    if (error().code === 'not_found') return t('Not found');
    if (error().code === 'forbidden') return t('You do not have access');
    return props.what;
  };
  const advice = () => {
    switch (error().code) {
      case 'not_found':
        return t('It does not exist in this organization, or it was archived.');
      case 'offline':
        return t('The server is unreachable. The rest of this page may be out of date.');
      default:
        return errorWords(error());
    }
  };
  const canRetry = () => error().code !== 'not_found' && error().code !== 'forbidden' && props.onRetry;
  return (
    <div role="alert" class="flex flex-col items-start gap-1 px-6 max-sm:px-4 py-10">
      <p class="font-medium">{title()}</p>
      <p class="max-w-[60ch] text-muted">{advice()}</p>
      <p class="mt-1 empty:hidden">
        <RequestId id={error().requestId} />
      </p>
      <div class="mt-3 flex items-center gap-3 empty:hidden">
        <Show when={canRetry()}>
          {(retry) => <Button onClick={() => retry()()}>{t('Try again')}</Button>}
        </Show>
        {props.action}
      </div>
    </div>
  );
}
