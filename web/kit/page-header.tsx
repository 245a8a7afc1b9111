import { type JSX, Show } from 'solid-js';
import { t } from '../words/words.ts';
import { Heading, UnderHeading } from './heading.tsx';

/** The top of a page: a link back, the title, and the actions at the right. */
export function PageHeader(props: {
  title: JSX.Element;
  /** A link back to the list. */
  back?: JSX.Element;
  /** Beside the title, such as a status or an id. */
  aside?: JSX.Element;
  actions?: JSX.Element;
  /** Below the title, such as filters or tabs. */
  children?: JSX.Element;
}) {
  return (
    <header class="shrink-0 border-b bg-bg">
      <div class="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 px-6 py-2 max-sm:px-4">
        <Show when={props.back}>
          <div class="flex items-center gap-3 text-muted">
            {props.back}
            <span aria-hidden="true" class="text-faint">
              /
            </span>
          </div>
        </Show>
        <h1 class="min-w-0 truncate font-semibold text-lg tracking-[-0.01em]">{props.title}</h1>
        <div class="flex items-center gap-2 empty:hidden">{props.aside}</div>
        <div class="ml-auto flex flex-wrap items-center justify-end gap-2 empty:hidden">{props.actions}</div>
      </div>
      {props.children}
    </header>
  );
}

/** The part of a page that scrolls. `relative` keeps text for screen readers from making the page longer. */
export function PageBody(props: { children: JSX.Element; class?: string }) {
  return (
    <div
      data-scroll-restoration-id="body"
      class={`relative min-h-0 flex-1 overflow-auto ${props.class ?? ''}`}
    >
      {props.children}
    </div>
  );
}

/** A detail page below its header: a wide column, and a narrow one with facts. */
export function DetailBody(props: { children: JSX.Element; facts: JSX.Element }) {
  return (
    <div class="relative flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-auto">
      <div data-scroll-restoration-id="body" class="relative min-w-0 flex-1 lg:overflow-auto">
        {props.children}
      </div>
      <aside
        aria-label={t('Facts')}
        class="relative shrink-0 px-5 py-4 max-lg:border-t max-lg:px-6 max-sm:px-4 lg:w-66 lg:overflow-auto lg:border-l"
      >
        {props.facts}
      </aside>
    </div>
  );
}

/** A part of a page with a heading. */
export function Section(props: {
  title: string;
  aside?: JSX.Element;
  children: JSX.Element;
  class?: string;
}) {
  return (
    <section class={`px-6 py-4 max-sm:px-4 ${props.class ?? ''}`}>
      <div class="mb-2 flex min-h-6 flex-wrap items-center gap-x-2 gap-y-1">
        <Heading class="font-semibold">{props.title}</Heading>
        <div class="ml-auto flex flex-wrap items-center justify-end gap-x-2 gap-y-1 empty:hidden">
          {props.aside}
        </div>
      </div>
      <UnderHeading>{props.children}</UnderHeading>
    </section>
  );
}
