import { Show } from 'solid-js';
import { JsonBlock } from '../../../../../kit/code-block.tsx';
import { Section } from '../../../../../kit/page-header.tsx';
import { t } from '../../../../../words/words.ts';
import { Line, Lines } from '../../../parts/lines.tsx';
import type { Tool } from '../../../parts/tool-words.ts';
import { AuthLines } from '../call-lines.tsx';
import { PairsTable, Template } from '../http/template.tsx';

/** Where the message goes, and what it says. */
export function WebhookOverview(props: { tool: Extract<Tool, { type: 'webhook' }> }) {
  const config = () => props.tool.config;
  return (
    <Section title={t('Message')}>
      <div class="mb-3 flex items-baseline gap-3 rounded-md bg-sunken px-3 py-2 font-mono text-sm">
        <span class="font-semibold">{t('POST')}</span>
        <span class="min-w-0 break-all">
          <Template text={config().url} />
        </span>
      </div>
      <Lines>
        <AuthLines auth={props.tool.auth} />
        <Line label="webhook-id">{t('The id of the execution, the same for every attempt')}</Line>
        <Show when={Object.keys(config().headers).length > 0}>
          <Line label={t('Headers')}>
            <PairsTable pairs={config().headers} label={t('Headers')} />
          </Line>
        </Show>
        <Show
          when={config().body !== undefined}
          fallback={<Line label={t('Body')}>{t('The inputs that no template names, as JSON')}</Line>}
        >
          <Line label={t('Body')}>
            <JsonBlock value={config().body} label={t('Body template')} maxHeight="240px" />
          </Line>
        </Show>
      </Lines>
    </Section>
  );
}
