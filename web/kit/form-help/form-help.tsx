import { CircleHelp } from 'lucide-solid';
import { createContext, createSignal, createUniqueId, type JSX, Show, useContext } from 'solid-js';
import { t } from '../../words/words.ts';

/** What a field is for, and one example of it. */
export interface FieldHelp {
  text: string;
  /** As it is typed. */
  example?: string;
}

/**
 * The help of a form, in one place: by the place in its document (`/config/url`, or the last part of it, as in "*" and
 * "/title"), or by the label of the field.
 */
export type FormHelp = Readonly<Record<string, FieldHelp>>;

const Context = createContext<FormHelp>({});
export const FormHelpProvider = Context.Provider;

/** The help of a form by the labels of its fields. */
export const useFormHelp = (): FormHelp => useContext(Context);

/** The help of a place in a document, where its form has one. */
export const helpAt = (help: FormHelp, pointer: string): FieldHelp | undefined =>
  help[pointer] ?? help[`*${pointer.slice(Math.max(0, pointer.lastIndexOf('/')))}`];

/** A button beside a label, and the help that it opens below. */
export function createHelpMark(help: () => FieldHelp | undefined, name: () => JSX.Element) {
  const id = createUniqueId();
  const [open, setOpen] = createSignal(false);
  const label = () => {
    const shown = name();
    return typeof shown === 'string' ? t`Help for ${shown}` : t('Help for this field');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const opens = event.key === 'F1' && help() !== undefined && !open();
    const closes = event.key === 'Escape' && open();
    if (!opens && !closes) return;
    event.preventDefault();
    event.stopPropagation();
    setOpen(opens);
  };
  return {
    /** For the element around label and field: F1 opens the help, Esc closes it. */
    listen: (around: HTMLElement) => around.addEventListener('keydown', onKeyDown),
    Mark: () => (
      <Show when={help()}>
        <button
          type="button"
          aria-expanded={open()}
          aria-controls={open() ? id : undefined}
          // The name of the field is its description: two controls of one name would be mistaken for each other.
          aria-label={t('Help')}
          title={t`${label()} (F1)`}
          // Tab goes from field to field; F1 in a field opens its help.
          tabindex="-1"
          data-help
          onClick={() => setOpen((before) => !before)}
          class="inline-flex size-5 pointer-coarse:size-11 items-center justify-center rounded-sm text-faint hover:bg-hover hover:text-text"
        >
          <CircleHelp size={13} aria-hidden="true" />
        </button>
      </Show>
    ),
    Text: () => (
      <Show when={open() && help()}>
        {(found) => (
          <div
            id={id}
            role="status"
            class="rounded-md border-l-2 border-accent bg-sunken px-2.5 py-1.5 text-sm"
          >
            <p>{found().text}</p>
            <Show when={found().example}>
              {(example) => (
                <p class="mt-1">
                  <span class="text-muted">{t('Example:')}</span>{' '}
                  <code class="whitespace-pre-wrap break-words font-mono">{example()}</code>
                </p>
              )}
            </Show>
          </div>
        )}
      </Show>
    ),
  };
}
