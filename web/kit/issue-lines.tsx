import { For } from 'solid-js';
import type { Issue } from '../../shared/platform/error-codes.ts';
import { said } from '../words/said.ts';

/** Located problems, one in each line. */
export const IssueLines = (props: { issues: readonly Issue[] }) => (
  <For each={props.issues}>
    {(issue) => (
      <p class="text-failed text-sm">
        <code class="font-mono">{issue.path}</code> {said(issue.message)}
      </p>
    )}
  </For>
);
