import { Link } from '@tanstack/solid-router';
import { For, Show } from 'solid-js';
import type {
  BacktestedCase,
  BacktestVerdict,
  ComparedStep,
} from '../../../../shared/playbooks/backtest-schemas.ts';
import { readReport } from '../../../api/read-report.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { IssueLines } from '../../../kit/issue-lines.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { ReportPanel, type ReportWords } from '../../../kit/report-panel.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';

const limit = 100;

const words: ReportWords<BacktestedCase, BacktestVerdict> = {
  label: t('Past cases'),
  about: t('Compares the path of each case with the one that it would take. Nothing is called or stored.'),
  verb: t('Backtest the last 100 cases'),
  failed: t('The cases could not be compared.'),
  none: t('No run of this playbook has ended yet, and no exception fits it.'),
  verdicts: [
    { verdict: 'would_break', word: t('Would break'), kind: 'failed' },
    { verdict: 'differs', word: t('Another path'), kind: 'waiting' },
    { verdict: 'same', word: t('Same path'), kind: 'succeeded' },
    { verdict: 'unknown', word: t('Unknown'), kind: 'unknown' },
    { verdict: 'not_recorded', word: t('Not compared'), kind: 'skipped' },
  ],
  verdictOf: ({ verdict }) => verdict,
};

/** Which path a definition of a playbook would take on past cases. */
export const BacktestPanel = (props: {
  playbookId: string;
  tried: { version: number } | { definition: unknown };
}) => (
  <ReportPanel
    words={words}
    load={(options) =>
      readReport(`/api/playbooks/${props.playbookId}/backtest`, { ...props.tried, limit }, options)
    }
    title={(item) => (
      <span class="flex flex-wrap gap-x-3">
        <Show when={item.exception}>{(exception) => <span>{`EX-${exception().number}`}</span>}</Show>
        <span class="min-w-0">{said(item.reason) ?? t('Every step takes place as it did')}</span>
        <span class="text-faint">
          <RelativeTime at={item.startedAt} />
        </span>
      </span>
    )}
  >
    {(item) => (
      <>
        <dl class="grid grid-cols-[auto_1fr] gap-x-3 text-sm">
          <Fact name="Path taken" ids={item.path.happened} />
          <Fact name="Path it would take" ids={item.path.would} />
          <Fact name="Approvals asked" ids={item.approvals.happened} />
          <Fact name="Approvals it would ask" ids={item.approvals.would} />
        </dl>
        <For each={item.steps}>{(step) => <StepLine step={step} />}</For>
        <Show when={item.runId}>
          {(runId) => (
            <Link
              to="/t/$tenant/playbook-runs/$runId"
              params={{ tenant: tenantSlug(), runId: runId() }}
              class="text-accent hover:text-accent-hover"
            >
              {t('Open the run')}
            </Link>
          )}
        </Show>
      </>
    )}
  </ReportPanel>
);

const Fact = (props: { name: string; ids: readonly string[] }) => (
  <>
    <dt class="text-muted">{props.name}</dt>
    <dd class="min-w-0 break-words font-mono">{props.ids.join(' → ') || t('none')}</dd>
  </>
);

const happenedWords: Record<ComparedStep['happened'], string> = {
  reached: t('took place'),
  skipped: t('was skipped'),
  not_reached: t('was not reached'),
};

const StepLine = (props: { step: ComparedStep }) => (
  <div>
    <p>
      <span class="font-medium">{props.step.title}</span>
      <span class="text-muted">
        {' '}
        {props.step.isNew ? t('is new') : happenedWords[props.step.happened]}. {said(props.step.message)}.
      </span>
    </p>
    <IssueLines issues={props.step.issues} />
  </div>
);
