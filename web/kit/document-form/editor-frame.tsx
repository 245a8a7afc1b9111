import { Code } from 'lucide-solid';
import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import { t } from '../../words/words.ts';
import { useActions } from '../actions.ts';
import { Button } from '../button.tsx';
import type { JsonEditorHandle } from '../json-editor/json-editor.tsx';
import { PageHeader } from '../page-header.tsx';
import { focusPointer } from '../schema-form/form-context.ts';
import { CheckMark } from './check-mark.tsx';
import { useDocumentForm } from './document-form.ts';
import { JsonPanel } from './json-panel.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { RestoredNotice } from './restored-notice.tsx';

/** Which panel is open beside the fields, and how to get to a place of the document. */
export function createEditorView(options: { panel: string | null; reveal?: (pointer: string) => void }) {
  const [panel, setPanel] = createSignal(options.panel);
  const parts: { fields?: HTMLElement; json?: JsonEditorHandle } = {};
  const showJson = (pointer?: string) => {
    setPanel('json');
    queueMicrotask(() => parts.json?.focus(pointer));
  };
  return {
    panel,
    toggle: (which: string) => setPanel((before) => (before === which ? null : which)),
    close: () => setPanel(null),
    parts,
    showJson,
    /** Focuses the field of a place; the JSON where no field shows it. */
    goTo: (pointer: string) => {
      options.reveal?.(pointer);
      // What `reveal` opens is in the page by then.
      setTimeout(() => {
        if (pointer !== '' && parts.fields && focusPointer(parts.fields, pointer)) return;
        showJson(pointer);
      }, 30);
    },
  };
}
export type EditorView = ReturnType<typeof createEditorView>;

/** The page of a document: sections of fields, and beside them the document as JSON or another panel. */
export function EditorFrame(props: {
  view: EditorView;
  title: string;
  back: JSX.Element;
  aside: JSX.Element;
  /** Buttons after the check mark and the JSON switch. */
  actions: JSX.Element;
  sections: readonly (readonly [id: string, label: string])[];
  jsonLabel: string;
  /** ⌘↵ in the JSON. */
  onSubmit: () => void;
  notices?: JSX.Element;
  /** Panels besides the JSON, by name. */
  panels?: Readonly<Record<string, () => JSX.Element>>;
  children: JSX.Element;
}) {
  const form = useDocumentForm();
  const scrollTo = (id: string) => document.getElementById(id)?.scrollIntoView();
  useActions(() => [
    {
      id: 'editor:json',
      label: props.view.panel() === 'json' ? t('Hide the JSON') : t('Show the JSON'),
      group: 'Page',
      run: () => props.view.toggle('json'),
    },
    ...props.sections.map(([id, label], index) => ({
      id: `editor:${id}`,
      label,
      keys: String(index + 1),
      group: 'Page' as const,
      run: () => scrollTo(id),
    })),
  ]);
  return (
    <>
      <PageHeader
        title={props.title}
        back={props.back}
        aside={
          <>
            {props.aside}
            <Show when={form.dirty()}>
              <span class="text-muted">{t('Unsaved changes')}</span>
            </Show>
          </>
        }
        actions={
          <>
            <CheckMark onGo={props.view.goTo} />
            <PanelButton view={props.view} panel="json" icon={Code}>
              {t('JSON')}
            </PanelButton>
            {props.actions}
          </>
        }
      >
        <nav
          aria-label={t('Sections')}
          class="flex gap-4 overflow-x-auto px-6 pb-2 whitespace-nowrap max-sm:px-4"
        >
          <For each={props.sections}>
            {([id, label]) => (
              <a
                href={`#${id}`}
                class="text-muted hover:text-text"
                onClick={(event) => {
                  event.preventDefault();
                  scrollTo(id);
                }}
              >
                {label}
              </a>
            )}
          </For>
        </nav>
      </PageHeader>
      <RestoredNotice />
      {props.notices}
      <div class="flex min-h-0 flex-1">
        <div
          ref={(element) => {
            props.view.parts.fields = element;
          }}
          class="relative min-w-0 flex-1 overflow-auto"
          data-scroll-restoration-id="editor"
        >
          {props.children}
        </div>
        <Switch>
          <Match when={props.view.panel() === 'json'}>
            <JsonPanel
              label={props.jsonLabel}
              onSubmit={() => props.onSubmit()}
              handle={(handle) => {
                props.view.parts.json = handle;
              }}
            />
          </Match>
          <Match when={props.panels?.[props.view.panel() ?? '']}>{(show) => show()()}</Match>
        </Switch>
      </div>
      <LeaveGuard />
    </>
  );
}

/** Opens and closes a panel beside the fields. */
export function PanelButton(
  props: { view: EditorView; panel: string } & Pick<
    Parameters<typeof Button>[0],
    'icon' | 'keys' | 'children'
  >,
) {
  const isOpen = () => props.view.panel() === props.panel;
  return (
    <Button
      variant="quiet"
      icon={props.icon}
      keys={props.keys}
      aria-pressed={isOpen()}
      onClick={() => props.view.toggle(props.panel)}
      class={isOpen() ? 'bg-hover text-text' : ''}
    >
      {props.children}
    </Button>
  );
}
