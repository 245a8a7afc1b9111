import type { JSX } from 'solid-js';

/** Nothing to show, and what to do about it. "None exist" and "none match" are said apart by the caller. */
export function EmptyState(props: { title: string; children?: JSX.Element; action?: JSX.Element }) {
  return (
    <div class="flex flex-col items-start gap-1 px-6 py-10">
      <p class="font-medium">{props.title}</p>
      <div class="max-w-[60ch] text-muted">{props.children}</div>
      <div class="mt-3 flex gap-2 empty:hidden">{props.action}</div>
    </div>
  );
}
