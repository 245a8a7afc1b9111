import { For, Show } from 'solid-js';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { CodeBlock, JsonBlock } from '../../../kit/code-block.tsx';
import { t } from '../../../words/words.ts';

/** Method, URL, headers and body of a request, with secrets redacted. */
export function RequestLines(props: {
  request: { method: string; url: string; headers: Record<string, string>; body?: unknown };
}) {
  const body = () => {
    const { body: sent } = props.request;
    return typeof sent === 'string' ? sent : (JSON.stringify(sent, null, 2) ?? '');
  };
  /** SQL and the values of its placeholders; null for every other request. */
  const sql = () => {
    const { body: sent, url } = props.request;
    if (!isObject(sent) || typeof sent.statement !== 'string' || /^https?:/i.test(url)) return null;
    return { statement: sent.statement, parameters: Array.isArray(sent.parameters) ? sent.parameters : [] };
  };
  return (
    <>
      <div class="rounded-md bg-sunken px-3 py-2 font-mono text-sm leading-[18px]">
        <p class="break-all">
          <span class="font-semibold text-code-literal">{props.request.method}</span> {props.request.url}
        </p>
        <HeaderLines headers={props.request.headers} />
      </div>
      <Show
        when={sql()}
        fallback={
          <Show when={props.request.body !== undefined && props.request.body !== null}>
            <CodeBlock
              label={t('Request body')}
              text={body()}
              language={typeof props.request.body === 'string' ? 'text' : 'json'}
              maxHeight="220px"
            />
          </Show>
        }
      >
        {(found) => (
          <>
            <CodeBlock label={t('Statement')} text={found().statement} maxHeight="220px" />
            <Show when={found().parameters.length > 0}>
              <JsonBlock label={t('Parameters')} value={found().parameters} maxHeight="140px" />
            </Show>
          </>
        )}
      </Show>
    </>
  );
}

export const HeaderLines = (props: { headers: Record<string, string> }) => (
  <For each={Object.entries(props.headers)}>
    {([name, value]) => (
      <p class="break-all">
        <span class="text-code-key">{name}:</span> {value}
      </p>
    )}
  </For>
);
