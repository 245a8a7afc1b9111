import { Show } from 'solid-js';
import { JsonBlock } from '../../../../../kit/code-block.tsx';
import { formatDuration } from '../../../../../kit/format.ts';
import { Section } from '../../../../../kit/page-header.tsx';
import { rich, t } from '../../../../../words/words.ts';
import { Line, Lines } from '../../../parts/lines.tsx';
import type { Tool } from '../../../parts/tool-words.ts';

/** The fixed response, or the failure. */
export function DummyOverview(props: { tool: Extract<Tool, { type: 'dummy' }> }) {
  const config = () => props.tool.config;
  return (
    <Section title={t('Response')}>
      <Lines>
        <Line label={t('Delay')}>{formatDuration(config().delayMs)}</Line>
        <Show when={config().failure}>
          {(failure) => (
            <Line label={t('Failure')}>
              {rich`${() => (config().failureRate >= 1 ? t('Always') : t`${Math.round(config().failureRate * 100)}% of calls`)}, with ${<code class="font-mono text-sm">{failure().code}</code>}: ${() => failure().message}`}
            </Line>
          )}
        </Show>
        <Show when={config().response !== undefined}>
          <Line label={t('Response body')}>
            <JsonBlock value={config().response} label={t('Response body')} maxHeight="240px" />
          </Line>
        </Show>
      </Lines>
    </Section>
  );
}
