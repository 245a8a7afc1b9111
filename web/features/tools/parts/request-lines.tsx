import { For, Show } from 'solid-js';
import { CodeBlock } from '../../../kit/code-block.tsx';

/** Method, URL, headers and body of a request, with secrets redacted. */
export function RequestLines(props: {
  request: { method: string; url: string; headers: Record<string, string>; body?: unknown };
}) {
  const body = () => {
    const { body: sent } = props.request;
    return typeof sent === 'string' ? sent : (JSON.stringify(sent, null, 2) ?? '');
  };
  return (
    <>
      <div class="rounded-md bg-sunken px-3 py-2 font-mono text-sm leading-[18px]">
        <p class="break-all">
          <span class="font-semibold text-code-literal">{props.request.method}</span> {props.request.url}
        </p>
        <HeaderLines headers={props.request.headers} />
      </div>
      <Show when={props.request.body !== undefined && props.request.body !== null}>
        <CodeBlock
          label="Request body"
          text={body()}
          language={typeof props.request.body === 'string' ? 'text' : 'json'}
          maxHeight="220px"
        />
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
