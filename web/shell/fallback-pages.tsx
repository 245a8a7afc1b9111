import { type ErrorComponentProps, Link } from '@tanstack/solid-router';
import { EmptyState } from '../kit/empty-state.tsx';
import { ErrorState } from '../kit/error-state.tsx';

/** Shown for an unknown URL. */
export function NotFoundPage() {
  return (
    <main>
      <EmptyState
        title="Page not found."
        action={
          <Link to="/" class="text-accent hover:text-accent-hover">
            Go to the start page
          </Link>
        }
      >
        Check the URL. The page may have moved.
      </EmptyState>
    </main>
  );
}

/** Shown when a page fails to render. */
export function ErrorPage(props: ErrorComponentProps) {
  return (
    <ErrorState error={props.error} what="This page could not be shown" onRetry={() => location.reload()} />
  );
}
