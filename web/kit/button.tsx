import { Link, type LinkProps } from '@tanstack/solid-router';
import { LoaderCircle } from 'lucide-solid';
import { type Component, createSignal, type JSX, Show, splitProps } from 'solid-js';
import { KeyHint } from './key-hint.tsx';

export type ButtonVariant = 'primary' | 'plain' | 'quiet' | 'danger';
export type Icon = Component<{ size?: number | string; class?: string; 'aria-hidden'?: 'true' }>;

interface Look {
  /** `primary`: the most likely next action of a page. `quiet`: without a border. */
  variant?: ButtonVariant | undefined;
  icon?: Icon | undefined;
  /** The key with the same effect, shown beside the label. */
  keys?: string | undefined;
  /** Shows only the icon; requires `aria-label`. */
  iconOnly?: boolean | undefined;
}

const base =
  'inline-flex h-7 shrink-0 pointer-coarse:h-11 items-center justify-center gap-1.5 rounded-md text-base font-medium whitespace-nowrap select-none ' +
  'transition-opacity motion-reduce:transition-none disabled:opacity-50 aria-disabled:opacity-50';
const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent-fill text-on-accent hover:brightness-110 disabled:hover:brightness-100',
  plain: 'border border-line-strong bg-bg text-text hover:bg-hover disabled:hover:bg-bg',
  quiet: 'text-muted hover:bg-hover hover:text-text',
  danger: 'border border-line-strong bg-bg text-failed hover:bg-failed-soft',
};

/** The classes of a button, for other elements that look like one. */
export const buttonClass = (look: Look): string =>
  `${base} ${variants[look.variant ?? 'plain']} ${look.iconOnly ? 'w-7 pointer-coarse:w-11' : look.keys ? 'pr-1.5 pl-2.5 pointer-coarse:pr-2.5' : 'px-2.5'}`;

function Face(props: Look & { busy?: boolean | undefined; children?: JSX.Element }) {
  return (
    <>
      <Show
        when={props.busy}
        fallback={<Show when={props.icon}>{(icon) => icon()({ size: 14, 'aria-hidden': 'true' })}</Show>}
      >
        <LoaderCircle size={14} class="animate-running" aria-hidden="true" />
      </Show>
      <Show when={!props.iconOnly}>
        <span>{props.children}</span>
      </Show>
      <Show when={props.keys}>
        {(keys) => <KeyHint keys={keys()} tone={props.variant === 'primary' ? 'filled' : 'plain'} />}
      </Show>
    </>
  );
}

export interface ButtonProps extends Look, JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** Shows a spinner and ignores further clicks. */
  busy?: boolean | undefined;
  /** False: what it acts on has just appeared. It keeps its focus and its place, and a press does nothing. */
  armed?: boolean | undefined;
}

export function Button(props: ButtonProps) {
  const [look, rest] = splitProps(props, [
    'variant',
    'icon',
    'keys',
    'iconOnly',
    'busy',
    'children',
    'class',
    'disabled',
    'armed',
    'onClick',
    'ref',
  ]);
  let button: HTMLButtonElement | undefined;
  const keep = (element: HTMLButtonElement) => {
    button = element;
    if (typeof look.ref === 'function') look.ref(element);
  };
  const stopped = () => Boolean(look.disabled || look.busy);
  // A disabled button loses the focus, and keys would begin at the top of the page again: it is disabled once they leave it.
  const [left, setLeft] = createSignal(0);
  const held = () => left() >= 0 && button !== undefined && document.activeElement === button;
  const press: JSX.EventHandler<HTMLButtonElement, MouseEvent> = (event) => {
    if (look.armed === false || stopped()) return event.preventDefault();
    const { onClick } = look;
    if (typeof onClick === 'function') onClick(event);
    else onClick?.[0](onClick[1], event);
  };
  return (
    <button
      type="button"
      {...rest}
      ref={keep}
      onClick={press}
      onFocusOut={() => setLeft(left() + 1)}
      disabled={stopped() && !held()}
      aria-disabled={look.armed === false || (stopped() && held()) ? 'true' : undefined}
      aria-busy={look.busy ? 'true' : undefined}
      class={`${buttonClass(look)} ${look.class ?? ''}`}
    >
      <Face {...look} />
    </button>
  );
}

/** A link that looks like a button, for actions that lead to another page. */
export function ButtonLink(props: LinkProps & Look & { 'aria-label'?: string; class?: string }) {
  const [look, rest] = splitProps(props, ['variant', 'icon', 'keys', 'iconOnly', 'children', 'class']);
  return (
    <Link {...(rest as LinkProps)} class={`${buttonClass(look)} ${look.class ?? ''}`}>
      <Face {...look}>{look.children as JSX.Element}</Face>
    </Link>
  );
}
