import type { JSX } from 'solid-js';

/** Says that there is nothing to show, and offers what to do about it. */
export function EmptyState(props: { title: string; children?: JSX.Element; action?: JSX.Element }) {
  return (
    <div class="flex flex-col items-start gap-1 px-6 py-10">
      <p class="font-medium">{props.title}</p>
      <div class="max-w-[60ch] text-muted empty:hidden">{props.children}</div>
      <div class="mt-3 flex gap-2 empty:hidden">{props.action}</div>
    </div>
  );
}
