import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, type Outputs, queries, queryKey } from '../../../api/trpc.ts';
import { Diff } from '../../../kit/diff/diff.tsx';
import { JsonView } from '../../../kit/json-view/json-view.tsx';
import { type Restore, VersionComparison } from '../../../kit/versions/version-comparison.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import type { Playbook } from '../parts/playbook-words.ts';

type Version = Outputs['playbooks']['versions']['items'][number];

/** A version compared with an earlier one, line by line; an old version can become the draft. */
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

  const restore = (): Restore | undefined => {
    const { playbookId, version, current } = props.version;
    if (!can('playbooks.write') || current) return undefined;
    return {
      label: t`Make v${version} the draft`,
      verb: t('Make it the draft'),
      danger: props.playbook.draft !== null,
      explanation: () => (
        <div class="flex flex-col gap-3">
          <p>
            {props.playbook.draft === null
              ? t('The published version does not change until you publish.')
              : t(
                  'This replaces the current draft. The published version does not change until you publish.',
                )}
          </p>
          <Diff
            label={t('Draft before and after')}
            before={JSON.stringify(props.playbook.draft ?? props.playbook.document, null, 2)}
            after={JSON.stringify(props.version.document, null, 2)}
          />
        </div>
      ),
      failed: t('The draft was not changed.'),
      run: async () => {
        const restored = await api.playbooks.restore.mutate({ id: playbookId, version });
        client.setQueryData(queries.playbooks.get({ id: playbookId }).queryKey, restored);
        await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'playbooks') });
        await navigate({
          to: '/t/$tenant/playbooks/$playbookId',
          params: { tenant: tenantSlug(), playbookId },
          search: { tab: 'versions' },
          replace: true,
        });
        toast(t`v${version} is now the draft`);
      },
    };
  };

  return (
    <VersionComparison
      version={props.version.version}
      before={props.before?.version}
      versions={props.versions}
      onCompare={props.onCompare}
      restore={restore()}
      whole={() => (
        <JsonView
          value={props.version.document}
          label={`v${props.version.version}`}
          fileName={`${props.playbook.name}-v${props.version.version}`}
          maxHeight="none"
        />
      )}
    >
      <Show when={props.version.note}>{(note) => <p class="max-w-[76ch]">{note()}</p>}</Show>
      <Show when={props.before}>
        {(before) => (
          <Diff
            label={t`v${before().version} and v${props.version.version}`}
            before={JSON.stringify(before().document, null, 2)}
            after={JSON.stringify(props.version.document, null, 2)}
          />
        )}
      </Show>
    </VersionComparison>
  );
}
