import { keepPreviousData, useQueryClient } from '@tanstack/solid-query';
import { For, Show } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { Diff } from '../../../kit/diff/diff.tsx';
import { JsonView } from '../../../kit/json-view/json-view.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { type Restore, VersionComparison } from '../../../kit/versions/version-comparison.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { rich, t } from '../../../words/words.ts';
import { DefinitionChange } from '../parts/definition-change.tsx';
import { ReplayPanel } from '../parts/replay-panel.tsx';
import { shownDefinition, type Tool } from '../parts/tool-words.ts';

/** What changed between two versions: first as sentences, then line by line. */
export function VersionDiff(props: {
  tool: Tool;
  /** Undefined for the first version. */
  from: number | undefined;
  to: number;
  /** Of `to`. */
  definition: Tool | undefined;
  versions: readonly number[];
  onCompare: (from: number) => void;
}) {
  const client = useQueryClient();
  const can = useCan();
  /** A candidate that was tried has a number of its own. */
  const next = () => Math.max(...props.versions) + 1;
  const restore = (): Restore | undefined => {
    const { tool, to } = props;
    if (!tool.writable || to === tool.version) return undefined;
    return {
      label: t`Restore v${to}`,
      verb: t`Restore as v${next()}`,
      explanation: () => (
        <div class="flex flex-col gap-3">
          <p>
            {t`The definition of v${to} becomes the new version v${next()}. Other versions do not change. Executions in progress keep the version they started with.`}
          </p>
          <Changes toolId={tool.id} from={tool.version} to={to} />
        </div>
      ),
      failed: t('No version was restored.'),
      run: async () => {
        const restored = await api.tools.restore.mutate({
          id: tool.id,
          version: to,
          ifMatch: entityTag(tool.version),
        });
        await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'tools') });
        toast(t`v${to} restored as v${restored.version}`);
      },
    };
  };
  return (
    <VersionComparison
      version={props.to}
      before={props.from}
      versions={props.versions}
      onCompare={props.onCompare}
      restore={restore()}
      whole={() => (
        <Show when={props.definition}>
          {(definition) => (
            <JsonView
              value={shownDefinition(definition())}
              label={t`Definition of v${props.to}`}
              fileName={`${definition().name}-v${props.to}`}
            />
          )}
        </Show>
      )}
    >
      <Show when={can('tools.write')}>
        <Show when={props.to} keyed>
          {(version) => <ReplayPanel toolId={props.tool.id} tried={{ version }} />}
        </Show>
      </Show>
      <Show when={props.from}>
        {(from) => <Changes toolId={props.tool.id} from={from()} to={props.to} />}
      </Show>
    </VersionComparison>
  );
}

function Changes(props: { toolId: string; from: number; to: number }) {
  const query = useQuery(() => ({
    ...queries.tools.diff({ id: props.toolId, from: props.from, to: props.to }),
    placeholderData: keepPreviousData,
  }));
  return (
    <QueryView query={query} what={t('The versions could not be compared')}>
      {(diff) => (
        <Show
          when={diff().changes.length > 0}
          fallback={<p class="text-muted">{t('The two definitions are identical.')}</p>}
        >
          <Show when={diff().breaking}>
            <p class="text-failed">{rich`Inputs or callers that worked with v${() => diff().from} may not work with v${() => diff().to}.`}</p>
          </Show>
          <ul aria-label={t('Changes')} class="border-t">
            <For each={diff().changes}>{(change) => <DefinitionChange change={change} />}</For>
          </ul>
          <Diff
            label={t`Definition of v${diff().from} and v${diff().to}`}
            before={JSON.stringify(shownDefinition(diff().before), null, 2)}
            after={JSON.stringify(shownDefinition(diff().after), null, 2)}
          />
        </Show>
      )}
    </QueryView>
  );
}
