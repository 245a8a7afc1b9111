import { Show } from 'solid-js';
import type { HttpConfig } from '../../../../../../shared/tools/providers/http/config.ts';
import { isQueryMethod } from '../../../../../../shared/tools/providers/http/inputs.ts';
import { JsonBlock } from '../../../../../kit/code-block.tsx';
import { formatBytes } from '../../../../../kit/format.ts';
import { Section } from '../../../../../kit/page-header.tsx';
import { rich, t } from '../../../../../words/words.ts';
import { Line, Lines } from '../../../parts/lines.tsx';
import type { Tool } from '../../../parts/tool-words.ts';
import { AuthLines, createConnector, TargetLine } from '../call-lines.tsx';
import { PairsTable, Template } from './template.tsx';

/** The request, in the order in which it is made. */
export function HttpOverview(props: { tool: Extract<Tool, { type: 'http' }> }) {
  const config = () => props.tool.config;
  const connectorId = () => config().connectorId;
  const connector = createConnector('rest', connectorId);
  const base = () => connector()?.baseUrl.replace(/\/$/, '') ?? '';
  return (
    <Section title={t('Request')}>
      <div class="mb-3 flex items-baseline gap-3 rounded-md bg-sunken px-3 py-2 font-mono text-sm">
        <span class="font-semibold">{config().method}</span>
        <span class="min-w-0 break-all">
          <Show when={connectorId()} fallback={<Template text={config().url ?? ''} />}>
            <span class="text-muted">{base()}</span>
            <Template text={config().path ?? ''} />
          </Show>
        </span>
      </div>
      <Lines>
        <Show when={connectorId()}>
          <TargetLine tool={props.tool} connector={connector()} shares={t('base URL and headers')} />
        </Show>
        <AuthLines auth={props.tool.auth} connector={connector()} />
        <Show when={Object.keys(config().query).length > 0}>
          <Line label={t('Query')}>
            <PairsTable pairs={config().query} label={t('Query parameters')} />
          </Line>
        </Show>
        <Show when={config().queryStyles}>
          {(styles) => (
            <Line label={t('Lists and objects')}>
              <PairsTable pairs={styles()} label={t('How lists and objects are written')} />
            </Line>
          )}
        </Show>
        <Show when={Object.keys(config().headers).length > 0}>
          <Line label={t('Headers')}>
            <PairsTable pairs={config().headers} label={t('Headers')} />
          </Line>
        </Show>
        <Line label={t('Other inputs')}>
          {isQueryMethod(config().method)
            ? t('Inputs that no template names are sent in the query')
            : t`Inputs that no template names are sent in the ${config().bodyType === 'json' ? t('JSON') : config().bodyType} body`}
        </Line>
        <Show when={config().body !== undefined}>
          <Line label={t('Body')}>
            <JsonBlock value={config().body} label={t('Body template')} maxHeight="240px" />
          </Line>
        </Show>
        <Line label={t('Response')}>
          {rich`${() => responseWords[config().responseType]}, at most ${() => formatBytes(config().maxResponseBytes)}`}
          <Show when={config().followRedirects}>{t(', redirects followed')}</Show>
          <Show when={config().stream}>{t(', shown while it comes')}</Show>
          <Show when={config().pagination}>
            {(pagination) => <>{rich`, up to ${() => pagination().maxPages} pages`}</>}
          </Show>
        </Line>
        <Show when={config().transform}>
          {(transform) => (
            <Line label={t('Transform')}>
              <code class="block whitespace-pre-wrap rounded-md bg-sunken px-3 py-2 font-mono text-sm">
                {transform()}
              </code>
            </Line>
          )}
        </Show>
      </Lines>
    </Section>
  );
}

const responseWords: Record<HttpConfig['responseType'], string> = {
  auto: t('Read by its content type'),
  json: t('Read as JSON'),
  text: t('Read as text'),
  xml: t('Read as XML, the output is JSON'),
  binary: t('Read as binary'),
  file: t('Stored as a file'),
};
