import { Check, Copy } from 'lucide-solid';
import { createSignal, onCleanup, Show } from 'solid-js';
import { t } from '../words/words.ts';
import { Button } from './button.tsx';

/** Copies a text and confirms it for two seconds. Shows only an icon, unless it has `children`. */
export function CopyButton(props: {
  text: string | (() => string);
  label: string;
  children?: string;
  class?: string;
}) {
  const [copied, setCopied] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const copy = async () => {
    await navigator.clipboard.writeText(typeof props.text === 'string' ? props.text : props.text());
    setCopied(true);
    clearTimeout(timer);
    timer = setTimeout(() => setCopied(false), 2000);
  };
  return (
    <Show
      when={props.children}
      fallback={
        <button
          type="button"
          aria-label={copied() ? t('Copied') : props.label}
          title={props.label}
          onClick={() => void copy()}
          class={`inline-flex size-5 shrink-0 items-center justify-center rounded-sm text-faint hover:bg-hover hover:text-text ${props.class ?? ''}`}
        >
          <Show when={copied()} fallback={<Copy size={12} aria-hidden="true" />}>
            <Check size={12} aria-hidden="true" class="text-succeeded" />
          </Show>
        </button>
      }
    >
      <Button icon={copied() ? Check : Copy} onClick={() => void copy()} class={props.class}>
        {copied() ? t('Copied') : props.children}
      </Button>
    </Show>
  );
}
