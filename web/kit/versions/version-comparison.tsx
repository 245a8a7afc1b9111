import { RotateCcw } from 'lucide-solid';
import { createSignal, For, type JSX, Show } from 'solid-js';
import { Button } from '../button.tsx';
import { ConfirmDialog } from '../dialog.tsx';
import { Menu, MenuItem } from '../menu.tsx';

/** Going back to an old version: the button, and the question before it is done. */
export interface Restore {
  /** On the button, and the title of the question. */
  label: string;
  /** On the button of the question. */
  verb: string;
  danger?: boolean;
  /** What going back does. */
  explanation: JSX.Element;
  /** Reports its own failure. @returns whether it was done */
  run: () => Promise<boolean>;
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
  children: JSX.Element;
}) {
  return (
    <div class="flex flex-col gap-4 px-6 py-4">
      <div class="flex min-h-7 flex-wrap items-center gap-2">
        <h2 class="font-semibold">v{props.version}</h2>
        <Show when={props.before} fallback={<span class="text-muted">first version</span>}>
          {(before) => (
            <>
              <span class="text-muted">compared with</span>
              <Menu
                triggerClass="h-6 rounded-md border border-line-strong px-2 font-medium hover:bg-hover"
                trigger={
                  <>
                    v{before()}
                    <span class="sr-only">, choose another version</span>
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
        <Show when={props.restore}>{(restore) => <RestoreButton restore={restore()} />}</Show>
      </div>
      {props.children}
    </div>
  );
}

function RestoreButton(props: { restore: Restore }) {
  const [asking, setAsking] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  async function confirm(): Promise<void> {
    setBusy(true);
    try {
      if (await props.restore.run()) setAsking(false);
    } finally {
      setBusy(false);
    }
  }
  return (
    <div class="ml-auto">
      <Button icon={RotateCcw} onClick={() => setAsking(true)}>
        {props.restore.label}
      </Button>
      <ConfirmDialog
        open={asking()}
        onClose={() => setAsking(false)}
        onConfirm={() => void confirm()}
        title={props.restore.label}
        verb={props.restore.verb}
        busy={busy()}
        danger={props.restore.danger}
      >
        {props.restore.explanation}
      </ConfirmDialog>
    </div>
  );
}
