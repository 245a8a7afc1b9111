import { TriangleAlert } from 'lucide-solid';
import { For } from 'solid-js';
import type { Warning } from '../../shared/platform/egress-rules.ts';

/** What would go wrong as things are. */
export const Warnings = (props: { of: readonly Warning[] }) => (
  <For each={props.of}>
    {({ message }) => (
      <p role="status" class="flex gap-2 rounded-md border border-unknown/50 bg-unknown-soft px-3 py-2">
        <TriangleAlert size={14} class="mt-0.5 shrink-0 text-unknown" aria-hidden="true" />
        <span class="min-w-0 break-words">{message}</span>
      </p>
    )}
  </For>
);
