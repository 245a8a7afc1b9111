import { Link, type LinkProps } from '@tanstack/solid-router';
import { type JSX, Show } from 'solid-js';
import { formatNumber } from '../../../kit/format.ts';
import { t } from '../../../words/words.ts';

/** "+12 %" against the period before; null: there was nothing then, or nothing has changed. */
function changeOf(now: number | null, before: number | null): string | null {
  if (now === null || before === null || before === 0 || now === before) return null;
  const percent = Math.round(((now - before) / before) * 100);
  if (percent === 0) return null;
  return `${percent > 0 ? '+' : '−'}${formatNumber(Math.abs(percent))} %`;
}

/** A number with its change, which leads to what it counts. */
export function Figure(props: {
  label: string;
  value: number | null;
  previous: number | null;
  format?: (value: number) => string;
  /** What a rise is. */
  rise?: 'good' | 'bad';
  link?: LinkProps | undefined;
  children?: JSX.Element;
}) {
  const format = (value: number) => (props.format ?? formatNumber)(value);
  const shown = () => (props.value === null ? '–' : format(props.value));
  const change = () => changeOf(props.value, props.previous);
  const colour = () => {
    if (!props.rise || !change()) return 'text-faint';
    return change()!.startsWith('+') === (props.rise === 'good') ? 'text-succeeded' : 'text-failed';
  };
  return (
    <div class="min-w-28">
      <div class="text-muted text-sm">{props.label}</div>
      <div class="flex items-baseline gap-2">
        <Show when={props.link} fallback={<span class="font-semibold text-lg">{shown()}</span>}>
          {(link) => (
            <Link
              {...(link() as LinkProps)}
              aria-label={`${props.label}: ${shown()}`}
              class="font-semibold text-lg underline decoration-line-strong underline-offset-4 hover:decoration-current"
            >
              {shown()}
            </Link>
          )}
        </Show>
        <Show when={change()}>
          <span
            class={`text-sm ${colour()}`}
            title={t`${props.previous === null ? '' : format(props.previous)} in the period before`}
          >
            {change()}
          </span>
        </Show>
      </div>
      {props.children}
    </div>
  );
}

export const Figures = (props: { children: JSX.Element }) => (
  <div class="flex flex-wrap gap-x-8 gap-y-3">{props.children}</div>
);

/** A number of a table that leads to its list. */
export const Counted = (props: { value: number; link: LinkProps; label: string }) => (
  <Show when={props.value > 0} fallback={<span class="text-faint">0</span>}>
    <Link
      {...(props.link as LinkProps)}
      aria-label={`${props.label}: ${formatNumber(props.value)}`}
      class="text-accent underline underline-offset-2 hover:text-accent-hover"
    >
      {formatNumber(props.value)}
    </Link>
  </Show>
);
