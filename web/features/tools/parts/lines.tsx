import type { JSX } from 'solid-js';

/** Labelled values, one below the other. */
export const Lines = (props: { children: JSX.Element }) => (
  <dl class="grid grid-cols-[148px_minmax(0,1fr)] gap-x-3 gap-y-2 max-sm:grid-cols-1">{props.children}</dl>
);

export const Line = (props: { label: string; children: JSX.Element }) => (
  <>
    <dt class="text-muted">{props.label}</dt>
    <dd class="min-w-0">{props.children}</dd>
  </>
);
