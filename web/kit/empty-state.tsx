import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

/** Says that there is nothing to show, and offers what to do about it. */
export function EmptyState(props: {
  title: string;
  /** It is all that the page says. */
  page?: true;
  children?: JSX.Element;
  action?: JSX.Element;
}) {
  return (
    <div class="flex flex-col items-start gap-1 px-6 max-sm:px-4 py-10">
      <Dynamic component={props.page ? 'h1' : 'p'} class="font-medium">
        {props.title}
      </Dynamic>
      <div class="max-w-[60ch] text-muted empty:hidden">{props.children}</div>
      <div class="mt-3 flex gap-2 empty:hidden">{props.action}</div>
    </div>
  );
}
