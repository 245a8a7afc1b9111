import { createMemo, For, Show } from 'solid-js';
import { inSentence, t } from '../words/words.ts';
import { CopyButton } from './copy-button.tsx';
import { jsonTokens } from './json-tokens.ts';

const colours = {
  key: 'text-code-key',
  string: 'text-code-string',
  number: 'text-code-number',
  literal: 'text-code-literal',
  plain: '',
} as const;

/** Monospaced text, with colours for JSON. Long lines wrap, long texts scroll. */
export function CodeBlock(props: {
  text: string;
  language?: 'json' | 'text';
  /** The block's name for screen readers and the copy button. */
  label: string;
  maxHeight?: string;
  class?: string;
}) {
  // Colours take one span per token, which is too slow for very long texts.
  const tokens = createMemo(() =>
    props.language === 'json' && props.text.length < 200_000 ? jsonTokens(props.text) : null,
  );
  return (
    <div class={`group relative rounded-md bg-sunken ${props.class ?? ''}`}>
      <section
        tabindex="0"
        aria-label={props.label}
        class="overflow-auto rounded-md"
        style={{ 'max-height': props.maxHeight ?? '420px' }}
      >
        <pre class="whitespace-pre-wrap break-words px-3 py-2 pr-9 font-mono text-sm leading-[18px]">
          <Show when={tokens()} fallback={props.text}>
            {(list) => (
              <For each={list()}>{(token) => <span class={colours[token.kind]}>{token.text}</span>}</For>
            )}
          </Show>
        </pre>
      </section>
      <div class="absolute top-1.5 right-1.5">
        <CopyButton text={props.text} label={t`Copy ${inSentence(props.label)}`} />
      </div>
    </div>
  );
}

/** A value as readable JSON. */
export function JsonBlock(props: { value: unknown; label: string; maxHeight?: string; class?: string }) {
  return (
    <CodeBlock
      text={JSON.stringify(props.value, null, 2) ?? 'null'}
      language="json"
      label={props.label}
      maxHeight={props.maxHeight}
      class={props.class}
    />
  );
}
