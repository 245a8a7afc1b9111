import { useQueryClient } from '@tanstack/solid-query';
import { Show } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, type Outputs, queries, queryKey } from '../../../api/trpc.ts';
import { Sheet } from '../../../kit/dialog.tsx';
import { Diff } from '../../../kit/diff/diff.tsx';
import { formatJson } from '../../../kit/json-editor/json-document.ts';
import { JsonView } from '../../../kit/json-view/json-view.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { VersionBrowser, VersionRows } from '../../../kit/versions/version-browser.tsx';
import { type Restore, VersionComparison } from '../../../kit/versions/version-comparison.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import type { Policy } from './policy-form.ts';

interface Compared {
  policy: Policy;
  /** Undefined: the one before. */
  from: number | undefined;
  /** Undefined: the current one. */
  to: number | undefined;
  onCompare: (versions: { from?: number; to?: number }) => void;
}

type Version = Outputs['policies']['versions']['items'][number];

/** What a policy has said; an old version can become the new one. */
export function PolicyVersions(
  props: Compared & {
    onClose: () => void;
  },
) {
  const query = useQuery(() => queries.policies.versions({ id: props.policy.id }));
  return (
    <Sheet open title={t`Versions of ${props.policy.name}`} width="900px" onClose={props.onClose}>
      <QueryView query={query} what={t('The versions could not be loaded')}>
        {(page) => <Versions {...props} versions={page().items} />}
      </QueryView>
    </Sheet>
  );
}

function Versions(props: Compared & { versions: readonly Version[] }) {
  const can = useCan();
  const client = useQueryClient();
  const current = () => props.versions[0]?.version ?? props.policy.revision;
  const to = () => props.to ?? current();
  const found = (version: number | undefined) => props.versions.find((each) => each.version === version);
  const before = () => props.from ?? props.versions.find(({ version }) => version < to())?.version;
  const restore = (): Restore | undefined => {
    const version = to();
    if (!can('policies.write') || version === current()) return undefined;
    const next = current() + 1;
    return {
      label: t`Restore v${version}`,
      verb: t`Restore as v${next}`,
      explanation: () => (
        <div class="flex flex-col gap-3">
          <p>
            {t`What v${version} said becomes v${next}. It decides on every call at once, those that are waiting included.`}
          </p>
          <Diff
            label={t('Policy before and after')}
            before={textOf(found(current()))}
            after={textOf(found(version))}
          />
        </div>
      ),
      failed: t('No version was restored.'),
      run: async () => {
        const restored = await api.policies.restore.mutate({
          id: props.policy.id,
          version,
          ifMatch: entityTag(current()),
        });
        await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'policies') });
        props.onCompare({ to: restored.revision });
        toast(t`v${version} restored as v${restored.revision}`);
      },
    };
  };
  return (
    <VersionBrowser
      list={
        <VersionRows
          versions={props.versions.map((each) => ({
            ...each,
            note: each.restored === null ? null : t`Restored v${each.restored}`,
          }))}
          chosen={to()}
          onChoose={(version) => props.onCompare({ to: version })}
        />
      }
    >
      <VersionComparison
        version={to()}
        before={before()}
        versions={props.versions.map(({ version }) => version)}
        onCompare={(from) => props.onCompare({ from, to: to() })}
        restore={restore()}
        whole={() => (
          <JsonView
            value={found(to())?.document}
            label={t`Policy v${to()}`}
            fileName={`policy-v${to()}`}
            maxHeight="none"
          />
        )}
      >
        <Show when={found(to())}>{(version) => <p class="max-w-[76ch]">{said(version().summary)}</p>}</Show>
        <Show when={before()}>
          {(other) => (
            <Diff
              label={t`Policy v${other()} and v${to()}`}
              before={textOf(found(other()))}
              after={textOf(found(to()))}
            />
          )}
        </Show>
      </VersionComparison>
    </VersionBrowser>
  );
}

const textOf = (version: Version | undefined): string => (version ? formatJson(version.document) : '');
