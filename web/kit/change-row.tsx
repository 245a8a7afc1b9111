import type { JSX } from 'solid-js';

/** One change in a list of changes: its kind as a coloured word, a sentence, and the place in the document. */
export const ChangeRow = (props: { word: string; colour: string; place: string; children: JSX.Element }) => (
  <li class="flex items-baseline gap-3 border-b py-1.5">
    <span class={`w-16 shrink-0 font-medium text-sm ${props.colour}`}>{props.word}</span>
    <span class="min-w-0 flex-1">{props.children}</span>
    <code class="wrap-anywhere max-w-[40%] font-mono text-faint text-sm">{props.place}</code>
  </li>
);
