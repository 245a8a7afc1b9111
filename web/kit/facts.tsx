import type { JSX } from 'solid-js';

/** The narrow right column of a detail page. */
export function Facts(props: { children: JSX.Element; label?: string }) {
  return (
    <dl aria-label={props.label} class="flex flex-col gap-3">
      {props.children}
    </dl>
  );
}

export function Fact(props: { label: string; children: JSX.Element }) {
  return (
    <div class="flex flex-col gap-0.5">
      <dt class="label-caps">{props.label}</dt>
      <dd class="min-w-0 break-words">{props.children}</dd>
    </div>
  );
}
