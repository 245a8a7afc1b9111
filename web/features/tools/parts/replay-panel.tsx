import { Link } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import type { ReplayedExecution, ReplayVerdict } from '../../../../shared/executions/replay-schemas.ts';
import { readReport } from '../../../api/read-report.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { IssueLines } from '../../../kit/issue-lines.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { ReportPanel, type ReportWords } from '../../../kit/report-panel.tsx';
import { ValueChanges } from '../../../kit/value-changes.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';

const last = 50;

const words: ReportWords<ReplayedExecution, ReplayVerdict> = {
  label: t('Past executions'),
  about: t('Tries it on their inputs and recorded responses. Nothing is called.'),
  verb: t`Replay the last ${last} executions`,
  failed: t('The executions could not be replayed.'),
  none: t('No execution of this tool has ended yet.'),
  verdicts: [
    { verdict: 'would_break', word: t('Would break'), kind: 'failed' },
    { verdict: 'changed', word: t('Changed'), kind: 'waiting' },
    { verdict: 'same', word: t('Same'), kind: 'succeeded' },
    { verdict: 'not_recorded', word: t('Not recorded'), kind: 'unknown' },
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
        <span class="min-w-0">{said(item.reason) ?? changeWords(item)}</span>
        <span class="text-faint">
          v{item.toolVersion}, <RelativeTime at={item.createdAt} />
        </span>
      </span>
    )}
  >
    {(item) => (
      <>
        <ValueChanges label={t('Request')} diff={item.request} />
        <ValueChanges label={t('Output')} diff={item.output} />
        <IssueLines issues={item.issues} />
        <Show when={!item.request && !item.output && item.issues.length === 0 && !item.reason}>
          <p class="text-muted">{t('Request and output stay as they were.')}</p>
        </Show>
        <Link
          to="/t/$tenant/executions/$executionId"
          params={{ tenant: tenantSlug(), executionId: item.executionId }}
          class="text-accent hover:text-accent-hover"
        >
          {t('Open the execution')}
        </Link>
      </>
    )}
  </ReportPanel>
);

function changeWords({ request, output, verdict }: ReplayedExecution): string {
  const parts = [request && 'request', output && 'output'].filter((part) => part !== null);
  if (parts.length === 0) return verdict === 'same' ? t('Nothing differs') : '';
  const [first = '', second] = parts;
  return second ? t`Another ${first}, another ${second}` : t`Another ${first}`;
}
