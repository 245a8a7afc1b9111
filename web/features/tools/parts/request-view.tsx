import { For, Show } from 'solid-js';
import type { Outputs } from '../../../api/trpc.ts';
import { CodeBlock } from '../../../kit/code-block.tsx';
import { formatDuration } from '../../../kit/format.ts';
import { authTypeWord } from './tool-words.ts';

/** The request as it would be sent, with secrets redacted. */
export function RequestView(props: { preview: Omit<Outputs['tools']['preview'], 'digest'> }) {
  const request = () => props.preview.request;
  const headers = () => Object.entries(request().headers);
  const body = () => {
    const { body: sent } = request();
    return typeof sent === 'string' ? sent : JSON.stringify(sent, null, 2);
  };
  return (
    <div class="flex flex-col gap-2.5">
      <div class="rounded-md bg-sunken px-3 py-2 font-mono text-sm leading-[18px]">
        <p class="break-all">
          <span class="font-semibold text-code-literal">{request().method}</span> {request().url}
        </p>
        <For each={headers()}>
          {([name, value]) => (
            <p class="break-all">
              <span class="text-code-key">{name}:</span> {value}
            </p>
          )}
        </For>
      </div>
      <Show when={request().body !== undefined && request().body !== null}>
        <CodeBlock
          label="Request body"
          text={body() ?? ''}
          language={typeof request().body === 'string' ? 'text' : 'json'}
          maxHeight="220px"
        />
      </Show>
      <dl class="grid grid-cols-[104px_minmax(0,1fr)] gap-x-3 gap-y-1">
        <dt class="text-faint">Retry safety</dt>
        <dd>{props.preview.repeatPolicy}</dd>
        <dt class="text-faint">Timeouts</dt>
        <dd>
          {formatDuration(props.preview.timeoutMs)} per attempt, {formatDuration(props.preview.deadlineMs)} in
          total;{' '}
          {props.preview.maxAttempts === 1 ? 'one attempt' : `up to ${props.preview.maxAttempts} attempts`}
        </dd>
        <dt class="text-faint">Credential</dt>
        <dd>
          <Show when={props.preview.credential} fallback={<span class="text-muted">None</span>}>
            {(credential) => (
              <>
                {credential().name} <span class="text-faint">{authTypeWord(credential().type)}</span>
              </>
            )}
          </Show>
        </dd>
      </dl>
    </div>
  );
}
