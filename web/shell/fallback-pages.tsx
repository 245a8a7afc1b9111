import { type ErrorComponentProps, Link } from '@tanstack/solid-router';
import { EmptyState } from '../kit/empty-state.tsx';
import { ErrorState } from '../kit/error-state.tsx';
import { t } from '../words/words.ts';

/** Shown for an unknown URL, outside of an organization. */
export const NotFoundPage = () => (
  <main>
    <NotFound />
  </main>
);

/** Shown for an unknown URL. */
export function NotFound() {
  return (
    <EmptyState
      title={t('Page not found.')}
      page
      action={
        <Link to="/" class="text-accent hover:text-accent-hover">
          {t('Go to the start page')}
        </Link>
      }
    >
      {t('Check the URL. The page may have moved.')}
    </EmptyState>
  );
}

/** Shown when a page fails to render. */
export function ErrorPage(props: ErrorComponentProps) {
  return (
    <ErrorState
      error={props.error}
      what={t('This page could not be shown')}
      onRetry={() => location.reload()}
    />
  );
}
