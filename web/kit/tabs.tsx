import { Link, type LinkProps } from '@tanstack/solid-router';
import { type JSX, splitProps } from 'solid-js';

/** Tabs in the URL: each is a link that can be opened in a new tab, shared and left by "back". */
export function TabBar(props: { label: string; children: JSX.Element }) {
  return (
    <nav
      aria-label={props.label}
      class="-mb-px flex gap-4 overflow-x-auto overflow-y-hidden px-6 whitespace-nowrap max-sm:px-4"
    >
      {props.children}
    </nav>
  );
}

export function Tab(props: LinkProps & { active: boolean }) {
  const [own, rest] = splitProps(props, ['active']);
  return (
    <Link
      {...(rest as LinkProps)}
      aria-current={own.active ? 'page' : undefined}
      class={`border-b-2 py-1.5 pointer-coarse:py-3 ${own.active ? 'border-accent font-medium text-text' : 'border-transparent text-muted hover:text-text'}`}
    />
  );
}
