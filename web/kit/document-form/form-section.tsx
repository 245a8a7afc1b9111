import { type JSX, Show } from 'solid-js';

/** A part of the form under its own heading; `wide` content has no margins. */
export function FormSection(props: {
  id: string;
  title: string;
  lead?: JSX.Element;
  wide?: boolean;
  children: JSX.Element;
}) {
  return (
    <section
      id={props.id}
      aria-labelledby={`${props.id}-title`}
      class="border-b pt-4"
      classList={{ 'pb-6': !props.wide }}
    >
      <h2 id={`${props.id}-title`} class="mb-1 flex min-h-7 items-center px-6 max-sm:px-4 font-semibold">
        {props.title}
      </h2>
      <Show when={props.lead}>
        <p class="mb-3 max-w-[72ch] px-6 max-sm:px-4 text-muted">{props.lead}</p>
      </Show>
      <div class="flex flex-col gap-3.5" classList={{ 'px-6 max-sm:px-4': !props.wide }}>
        {props.children}
      </div>
    </section>
  );
}
