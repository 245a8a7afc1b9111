import { For, Show } from 'solid-js';
import { inSentence, t } from '../words/words.ts';
import { CopyButton } from './copy-button.tsx';
import { type JsonToken, jsonTokens } from './json-tokens.ts';
import { LongLines } from './long-lines.tsx';

const colours = {
  key: 'text-code-key',
  string: 'text-code-string',
  number: 'text-code-number',
  literal: 'text-code-literal',
  plain: '',
} as const;

/** From here on only the lines around the screen are in the document. */
const longText = 20_000;
const longLine = 2_000;

/** Monospaced text, with colours for JSON. Long lines wrap, long texts scroll. */
export function CodeBlock(props: {
  text: string;
  language?: 'json' | 'text';
  /** The block's name for screen readers and the copy button. */
  label: string;
  maxHeight?: string;
  class?: string;
}) {
  const isLong = () => props.text.length > longText;
  const tokensOf = (text: string) => (props.language === 'json' ? jsonTokens(text) : null);
  return (
    <div class={`group relative rounded-md bg-sunken ${props.class ?? ''}`}>
      <section
        tabindex="0"
        aria-label={props.label}
        class="overflow-auto rounded-md"
        style={{ 'max-height': props.maxHeight ?? '420px' }}
      >
        <pre class="whitespace-pre-wrap break-words px-3 py-2 pr-9 font-mono text-sm leading-[18px]">
          <Show when={isLong()} fallback={<Coloured text={props.text} tokens={tokensOf(props.text)} />}>
            {/* JSON has no text that goes on in the next line, so each line has its colours. */}
            <LongLines lines={linesOf(props.text)}>
              {(line) => <Coloured text={line || '\n'} tokens={line ? tokensOf(line) : null} />}
            </LongLines>
          </Show>
        </pre>
      </section>
      <div class="absolute top-1.5 right-1.5">
        <CopyButton text={props.text} label={t`Copy ${inSentence(props.label)}`} />
      </div>
    </div>
  );
}

const Coloured = (props: { text: string; tokens: readonly JsonToken[] | null }) => (
  <Show when={props.tokens} fallback={props.text}>
    {(list) => <For each={list()}>{(token) => <span class={colours[token.kind]}>{token.text}</span>}</For>}
  </Show>
);

/** A line of some MB, as of a document without line breaks, is cut into parts that can be laid out. */
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .flatMap((line) =>
      line.length <= longLine
        ? line
        : Array.from({ length: Math.ceil(line.length / longLine) }, (_, part) =>
            line.slice(part * longLine, (part + 1) * longLine),
          ),
    );

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
