import { type ErrorComponentProps, Link } from '@tanstack/solid-router';
import { EmptyState } from '../kit/empty-state.tsx';
import { ErrorState } from '../kit/error-state.tsx';

/** An address that leads nowhere. */
export function NotFoundPage() {
  return (
    <main>
      <EmptyState
        title="There is no such page"
        action={
          <Link to="/" class="text-accent hover:text-accent-hover">
            Go to the start page
          </Link>
        }
      >
        The address may be mistyped, or the page may have moved.
      </EmptyState>
    </main>
  );
}

/** A page that broke while it was drawn. */
export function ErrorPage(props: ErrorComponentProps) {
  return (
    <ErrorState error={props.error} what="This page could not be shown" onRetry={() => location.reload()} />
  );
}
