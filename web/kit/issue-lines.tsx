import { For } from 'solid-js';
import type { Issue } from '../../shared/platform/error-codes.ts';

/** Located problems, one in each line. */
export const IssueLines = (props: { issues: readonly Issue[] }) => (
  <For each={props.issues}>
    {(issue) => (
      <p class="text-failed text-sm">
        <code class="font-mono">{issue.path}</code> {issue.message}
      </p>
    )}
  </For>
);
