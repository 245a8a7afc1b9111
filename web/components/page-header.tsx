import { type JSX, Show } from 'solid-js';

/** The top line of a page: where you are, what it is, and the one next thing to do at the right. */
export function PageHeader(props: {
  title: JSX.Element;
  /** A link back to the list. */
  back?: JSX.Element;
  /** Beside the title: status, id. */
  aside?: JSX.Element;
  actions?: JSX.Element;
  children?: JSX.Element;
}) {
  return (
    <header class="sticky top-0 z-20 border-b bg-bg">
      <div class="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 px-6 py-2">
        <Show when={props.back}>
          <div class="text-muted">{props.back}</div>
        </Show>
        <h1 class="min-w-0 truncate text-lg font-semibold tracking-[-0.01em]">{props.title}</h1>
        <div class="flex items-center gap-2 empty:hidden">{props.aside}</div>
        <div class="ml-auto flex items-center gap-2 empty:hidden">{props.actions}</div>
      </div>
      {props.children}
    </header>
  );
}
