import { Link } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import type { ReplayedExecution, ReplayVerdict } from '../../../../shared/executions/replay-schemas.ts';
import { readReport } from '../../../api/read-report.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { IssueLines } from '../../../kit/issue-lines.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { ReportPanel, type ReportWords } from '../../../kit/report-panel.tsx';
import { ValueChanges } from '../../../kit/value-changes.tsx';

const last = 50;

const words: ReportWords<ReplayedExecution, ReplayVerdict> = {
  label: 'Past executions',
  about: 'Tries it on their inputs and recorded responses. Nothing is called.',
  verb: `Replay the last ${last} executions`,
  failed: 'The executions could not be replayed.',
  none: 'No execution of this tool has ended yet.',
  verdicts: [
    { verdict: 'would_break', word: 'Would break', kind: 'failed' },
    { verdict: 'changed', word: 'Changed', kind: 'waiting' },
    { verdict: 'same', word: 'Same', kind: 'succeeded' },
    { verdict: 'not_recorded', word: 'Not recorded', kind: 'unknown' },
  ],
  verdictOf: ({ verdict }) => verdict,
};

/** What the last executions of a tool would come to with a version of it, or with a definition that is not saved. */
export const ReplayPanel = (props: {
  toolId: string;
  tried: { version: number } | { definition: unknown };
}) => (
  <ReportPanel
    words={words}
    load={(options) => readReport(`/api/tools/${props.toolId}/replay`, { ...props.tried, last }, options)}
    title={(item) => (
      <span class="flex flex-wrap gap-x-3">
        <span class="min-w-0">{item.reason ?? changeWords(item)}</span>
        <span class="text-faint">
          v{item.toolVersion}, <RelativeTime at={item.createdAt} />
        </span>
      </span>
    )}
  >
    {(item) => (
      <>
        <ValueChanges label="Request" diff={item.request} />
        <ValueChanges label="Output" diff={item.output} />
        <IssueLines issues={item.issues} />
        <Show when={!item.request && !item.output && item.issues.length === 0 && !item.reason}>
          <p class="text-muted">Request and output stay as they were.</p>
        </Show>
        <Link
          to="/t/$tenant/executions/$executionId"
          params={{ tenant: tenantSlug(), executionId: item.executionId }}
          class="text-accent hover:text-accent-hover"
        >
          Open the execution
        </Link>
      </>
    )}
  </ReportPanel>
);

function changeWords({ request, output, verdict }: ReplayedExecution): string {
  const parts = [request && 'request', output && 'output'].filter((part) => part !== null);
  if (parts.length === 0) return verdict === 'same' ? 'Nothing differs' : '';
  const [first = '', second] = parts;
  return `Another ${first}${second ? `, another ${second}` : ''}`;
}
