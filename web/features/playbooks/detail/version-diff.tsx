import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate } from '@tanstack/solid-router';
import { RotateCcw } from 'lucide-solid';
import { createSignal, For, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { JsonBlock } from '../../../kit/code-block.tsx';
import { ConfirmDialog } from '../../../kit/dialog.tsx';
import { Diff } from '../../../kit/diff/diff.tsx';
import { Menu, MenuItem } from '../../../kit/menu.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import type { Playbook } from '../parts/playbook-words.ts';
import type { Version } from './versions-tab.tsx';

/** One version beside another, line by line; an old one can become the draft. */
export function VersionDiff(props: {
  playbook: Playbook;
  version: Version;
  before: Version | undefined;
  versions: readonly number[];
  onCompare: (version: number) => void;
}) {
  const can = useCan();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const canRestore = () => can('playbooks.write') && !props.version.current;

  async function restore(): Promise<void> {
    const { playbookId, version } = props.version;
    setBusy(true);
    try {
      const restored = await api.playbooks.restore.mutate({ id: playbookId, version });
      client.setQueryData(queries.playbooks.get({ id: playbookId }).queryKey, restored);
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'playbooks') });
      setAsking(false);
      await navigate({
        to: '/t/$tenant/playbooks/$playbookId',
        params: { tenant: tenantSlug(), playbookId },
        search: { tab: 'versions' },
        replace: true,
      });
      toast(`v${version} is the draft now`);
    } catch (error) {
      toastError('The draft was not changed', error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div class="flex flex-col gap-4 px-6 py-4">
      <div class="flex min-h-7 flex-wrap items-center gap-2">
        <h2 class="font-semibold">v{props.version.version}</h2>
        <Show when={props.before} fallback={<span class="text-muted">the first version</span>}>
          {(before) => (
            <>
              <span class="text-muted">compared with</span>
              <Menu
                triggerClass="h-6 rounded-md border border-line-strong px-2 font-medium hover:bg-hover"
                trigger={
                  <>
                    v{before().version}
                    <span class="sr-only">, choose another version</span>
                  </>
                }
              >
                <For each={props.versions.filter((version) => version !== props.version.version)}>
                  {(version) => (
                    <MenuItem
                      checked={version === before().version}
                      onSelect={() => props.onCompare(version)}
                    >
                      v{version}
                    </MenuItem>
                  )}
                </For>
              </Menu>
            </>
          )}
        </Show>
        <Show when={canRestore()}>
          <div class="ml-auto">
            <Button icon={RotateCcw} onClick={() => setAsking(true)}>
              Make v{props.version.version} the draft
            </Button>
          </div>
        </Show>
      </div>
      <Show when={props.version.note}>{(note) => <p class="max-w-[76ch]">{note()}</p>}</Show>
      <Show
        when={props.before}
        fallback={
          <JsonBlock value={props.version.document} label={`v${props.version.version}`} maxHeight="none" />
        }
      >
        {(before) => (
          <Diff
            label={`v${before().version} and v${props.version.version}`}
            before={JSON.stringify(before().document, null, 2)}
            after={JSON.stringify(props.version.document, null, 2)}
          />
        )}
      </Show>
      <ConfirmDialog
        open={asking()}
        onClose={() => setAsking(false)}
        onConfirm={() => void restore()}
        title={`Make v${props.version.version} the draft`}
        verb="Make it the draft"
        busy={busy()}
        danger={props.playbook.draft !== null}
      >
        <Show when={props.playbook.draft} fallback="The published version stays as it is until you publish.">
          The draft that is there now is lost. The published version stays as it is until you publish.
        </Show>
      </ConfirmDialog>
    </div>
  );
}
