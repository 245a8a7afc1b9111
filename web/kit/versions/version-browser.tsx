import { For, type JSX, Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { RelativeTime } from '../relative-time.tsx';

/** Versions at the left, the chosen one at the right. */
export const VersionBrowser = (props: { list: JSX.Element; children: JSX.Element }) => (
  <div class="flex min-h-full max-xl:flex-col">
    <ol aria-label={t('Versions')} class="shrink-0 py-2 max-xl:border-b xl:w-64 xl:border-r">
      {props.list}
    </ol>
    <div class="min-w-0 flex-1">{props.children}</div>
  </div>
);

/** A line of the list that can be chosen: a version, or the draft. */
export const VersionRow = (props: { chosen: boolean; onChoose: () => void; children: JSX.Element }) => (
  <li>
    <button
      type="button"
      aria-current={props.chosen ? 'true' : undefined}
      onClick={() => props.onChoose()}
      class="flex w-full flex-col px-6 max-sm:px-4 py-1.5 text-left hover:bg-hover xl:pr-4"
      classList={{ 'bg-selected hover:bg-selected': props.chosen }}
    >
      {props.children}
    </button>
  </li>
);

interface Version {
  version: number;
  current: boolean;
  /** It was never published. */
  draft?: boolean;
  createdAt: string;
  createdBy: { name: string };
  note: string | null;
}

/** A line for each version; the chosen one is marked. */
export const VersionRows = (props: {
  versions: readonly Version[];
  chosen: number | null;
  onChoose: (version: number) => void;
}) => (
  <For each={props.versions}>
    {(version) => (
      <VersionRow chosen={version.version === props.chosen} onChoose={() => props.onChoose(version.version)}>
        <VersionWords version={version} />
      </VersionRow>
    )}
  </For>
);

/** The number of a version, when and by whom it was made, and its change note. */
const VersionWords = (props: { version: Version }) => (
  <>
    <span class="flex w-full items-baseline gap-2">
      <span class="font-medium">v{props.version.version}</span>
      <Show when={props.version.draft}>
        <span class="text-muted text-sm">{t('draft')}</span>
      </Show>
      <Show when={props.version.current}>
        <span class="text-accent text-sm">{t('current')}</span>
      </Show>
      <span class="ml-auto text-faint text-sm">
        <RelativeTime at={props.version.createdAt} />
      </span>
    </span>
    <span class="w-full truncate text-muted text-sm">
      {props.version.createdBy.name}
      <Show when={props.version.note}>{(note) => <> · {note()}</>}</Show>
    </span>
  </>
);
