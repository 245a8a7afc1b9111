import { RotateCcw } from 'lucide-solid';
import { createSignal, For, type JSX, Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { Button } from '../button.tsx';
import { Menu, MenuItem } from '../menu.tsx';

/** How an old version is restored: a button, and a question before it happens. */
export interface Restore {
  /** The label of the button and the title of the question. */
  label: string;
  /** The label of the confirming button. */
  verb: string;
  danger?: boolean;
  /** What restoring does, with what differs from what is there now. Read when the question is asked. */
  explanation: () => JSX.Element;
  /** What an error means. */
  failed: string;
  /** @throws what the server refused */
  run: () => Promise<void>;
}

/** A version compared with an earlier one, which can be chosen. */
export function VersionComparison(props: {
  version: number;
  /** Undefined for the first version. */
  before: number | undefined;
  versions: readonly number[];
  onCompare: (version: number) => void;
  /** Undefined where the version cannot be restored. */
  restore: Restore | undefined;
  /** The version itself, read-only. */
  whole: () => JSX.Element;
  /** What differs from the one before. */
  children: JSX.Element;
}) {
  const [opened, setOpened] = createSignal(false);
  const whole = () => opened() || props.before === undefined;
  return (
    <div class="flex flex-col gap-4 px-6 max-sm:px-4 py-4">
      <div class="flex min-h-7 flex-wrap items-center gap-2">
        <h2 class="font-semibold">v{props.version}</h2>
        <Show when={props.before} fallback={<span class="text-muted">{t('first version')}</span>}>
          {(before) => (
            <>
              <span class="text-muted">{t('compared with')}</span>
              <Menu
                triggerClass="h-6 rounded-md border border-line-strong px-2 font-medium hover:bg-hover"
                trigger={
                  <>
                    v{before()}
                    <span class="sr-only">{t(', choose another version')}</span>
                  </>
                }
              >
                <For each={props.versions.filter((version) => version !== props.version)}>
                  {(version) => (
                    <MenuItem checked={version === before()} onSelect={() => props.onCompare(version)}>
                      v{version}
                    </MenuItem>
                  )}
                </For>
              </Menu>
            </>
          )}
        </Show>
        <Show when={props.before !== undefined}>
          <Button
            variant="quiet"
            aria-pressed={opened()}
            class={opened() ? 'bg-hover text-text' : ''}
            onClick={() => setOpened((before) => !before)}
          >
            {t('Whole version')}
          </Button>
        </Show>
        <Show when={props.restore}>{(restore) => <RestoreButton restore={restore()} />}</Show>
      </div>
      <Show when={!opened()}>{props.children}</Show>
      <Show when={whole()}>{props.whole()}</Show>
    </div>
  );
}

function RestoreButton(props: { restore: Restore }) {
  const [asking, setAsking] = createSignal(false);
  return (
    <div class="ml-auto">
      <Button icon={RotateCcw} onClick={() => setAsking(true)}>
        {props.restore.label}
      </Button>
      <ActionDialog
        open={asking()}
        onClose={() => setAsking(false)}
        onConfirm={props.restore.run}
        title={props.restore.label}
        verb={props.restore.verb}
        failed={props.restore.failed}
        danger={props.restore.danger}
      >
        {props.restore.explanation()}
      </ActionDialog>
    </div>
  );
}
