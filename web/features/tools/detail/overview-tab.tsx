import { Show } from 'solid-js';
import { formatDuration } from '../../../kit/format.ts';
import { Section } from '../../../kit/page-header.tsx';
import { t } from '../../../words/words.ts';
import { Line, Lines } from '../parts/lines.tsx';
import { rateWords, retrySafetyWords, retryWords, type Tool } from '../parts/tool-words.ts';
import { ProviderOverview } from './providers/registry.tsx';
import { RecentExecutions } from './recent-executions.tsx';

/** What the tool calls, its limits and its latest executions. */
export function OverviewTab(props: { tool: Tool }) {
  return (
    <>
      <Show when={props.tool.description}>
        <p class="max-w-[76ch] whitespace-pre-line px-6 max-sm:px-4 pt-4 text-[14px] leading-[22px]">
          {props.tool.description}
        </p>
      </Show>
      <ProviderOverview tool={props.tool} />
      <Section title={t('Limits and retries')}>
        <Lines>
          <Show when={retrySafetyWords(props.tool)}>
            {(words) => <Line label={t('Retry safety')}>{words()}</Line>}
          </Show>
          <Line label={t('Attempts')}>{retryWords(props.tool.retry)}</Line>
          <Line label={t('Attempt timeout')}>{formatDuration(props.tool.timeoutMs)}</Line>
          <Line label={t('Total timeout')}>{formatDuration(props.tool.deadlineMs)}</Line>
          <Line label={t('Rate limit')}>{rateWords(props.tool.rateLimit)}</Line>
          <Show when={props.tool.policy?.concurrency}>
            {(calls) => <Line label={t('Calls at once')}>{calls()}</Line>}
          </Show>
          <Show when={props.tool.policy?.whenPaused === 'fail'}>
            <Line label={t('While its host is paused')}>{t('Calls fail at once')}</Line>
          </Show>
        </Lines>
      </Section>
      <RecentExecutions tool={props.tool} limit={5} />
    </>
  );
}
