import { type JSX, Show } from 'solid-js';

/** A part of the editor under its own heading; `wide` content goes from edge to edge. */
export function EditorSection(props: {
  id: string;
  title: string;
  lead?: JSX.Element;
  aside?: JSX.Element;
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
      <div class="mb-1 flex min-h-7 items-center gap-2 px-6">
        <h2 id={`${props.id}-title`} class="font-semibold">
          {props.title}
        </h2>
        <div class="ml-auto flex items-center gap-2 empty:hidden">{props.aside}</div>
      </div>
      <Show when={props.lead}>
        <p class="mb-3 max-w-[72ch] px-6 text-muted">{props.lead}</p>
      </Show>
      <div class="flex flex-col gap-3.5" classList={{ 'px-6': !props.wide }}>
        {props.children}
      </div>
    </section>
  );
}
