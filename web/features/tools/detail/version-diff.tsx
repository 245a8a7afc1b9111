import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/solid-query';
import { RotateCcw } from 'lucide-solid';
import { createSignal, For, Show } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, type Outputs, queries, queryKey } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { ConfirmDialog } from '../../../kit/dialog.tsx';
import { Diff } from '../../../kit/diff/diff.tsx';
import { Menu, MenuItem } from '../../../kit/menu.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { definitionOf, type Tool } from '../parts/tool-words.ts';

type Change = Outputs['tools']['diff']['changes'][number];

/** What changed from one version to another: in words first, then line by line. */
export function VersionDiff(props: {
  tool: Tool;
  from: number;
  to: number;
  versions: readonly number[];
  onCompare: (from: number) => void;
}) {
  const client = useQueryClient();
  const [asking, setAsking] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const query = useQuery(() => ({
    ...queries.tools.diff({ id: props.tool.id, from: props.from, to: props.to }),
    placeholderData: keepPreviousData,
  }));
  const canRestore = () => props.tool.writable && props.to !== props.tool.version;

  async function restore(): Promise<void> {
    setBusy(true);
    try {
      const restored = await api.tools.restore.mutate({ id: props.tool.id, version: props.to });
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'tools') });
      setAsking(false);
      toast(`v${props.to} is now the current version, as v${restored.version}`);
    } catch (error) {
      toastError('No version was restored', error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div class="flex flex-col gap-4 px-6 py-4">
      <div class="flex min-h-7 flex-wrap items-center gap-2">
        <h2 class="font-semibold">v{props.to}</h2>
        <span class="text-muted">compared with</span>
        <Menu
          triggerClass="h-6 rounded-md border border-line-strong px-2 font-medium hover:bg-hover"
          trigger={
            <>
              v{props.from}
              <span class="sr-only">, choose another version</span>
            </>
          }
        >
          <For each={props.versions.filter((version) => version !== props.to)}>
            {(version) => (
              <MenuItem checked={version === props.from} onSelect={() => props.onCompare(version)}>
                v{version}
              </MenuItem>
            )}
          </For>
        </Menu>
        <Show when={canRestore()}>
          <div class="ml-auto">
            <Button icon={RotateCcw} onClick={() => setAsking(true)}>
              Restore v{props.to}
            </Button>
          </div>
        </Show>
      </div>
      <QueryView query={query} what="The comparison could not be made">
        {(diff) => (
          <Show
            when={diff().changes.length > 0}
            fallback={<p class="text-muted">The two versions are the same definition.</p>}
          >
            <Show when={diff().breaking}>
              <p class="text-failed">
                A payload or a reader that worked with v{diff().from} may not work with v{diff().to}.
              </p>
            </Show>
            <ul aria-label="Changes" class="border-t">
              <For each={diff().changes}>{(change) => <ChangeRow change={change} />}</For>
            </ul>
            <Diff
              label={`Definition of v${diff().from} and v${diff().to}`}
              before={JSON.stringify(definitionOf(diff().before), null, 2)}
              after={JSON.stringify(definitionOf(diff().after), null, 2)}
            />
          </Show>
        )}
      </QueryView>
      <ConfirmDialog
        open={asking()}
        onClose={() => setAsking(false)}
        onConfirm={() => void restore()}
        title={`Restore v${props.to}`}
        verb={`Restore as v${props.tool.version + 1}`}
        busy={busy()}
      >
        The definition of v{props.to} becomes the new version v{props.tool.version + 1}. Versions in between
        stay as they are; runs under way keep the version they began with.
      </ConfirmDialog>
    </div>
  );
}

const impacts: Record<Change['impact'], { word: string; colour: string }> = {
  breaking: { word: 'Breaking', colour: 'text-failed' },
  additive: { word: 'Additive', colour: 'text-succeeded' },
  neutral: { word: 'Neutral', colour: 'text-faint' },
};

export function ChangeRow(props: { change: Change }) {
  return (
    <li class="flex items-baseline gap-3 border-b py-1.5">
      <span class={`w-16 shrink-0 font-medium text-sm ${impacts[props.change.impact].colour}`}>
        {impacts[props.change.impact].word}
      </span>
      <span class="min-w-0 flex-1">{props.change.message}</span>
      <code class="max-w-[40%] truncate font-mono text-faint text-sm" title={props.change.path}>
        {props.change.path}
      </code>
    </li>
  );
}
