import { For, Match, Show, Switch } from 'solid-js';
import { toApiError } from '../../../api/api-error.ts';
import { useQuery } from '../../../api/query.ts';
import { api, type Outputs } from '../../../api/trpc.ts';
import { rich, t } from '../../../words/words.ts';
import { type Definition, sendable, type Tool } from './definition-document.ts';

type Radius = Outputs['playbooks']['blastRadius'];

/** What the next version of a tool would break. It is advice: the person may still save. */
export function BlastRadius(props: { tool: Tool; definition: Definition }) {
  const query = useQuery(() => ({
    // Asked once for each dialog: the response depends on more than the definition.
    queryKey: ['blast-radius', props.tool.id, props.definition],
    queryFn: () =>
      api.playbooks.blastRadius.mutate({ id: props.tool.id, definition: sendable(props.definition) }),
    gcTime: 0,
    retry: false,
  }));
  const rows = () => (query.isSuccess ? broken(query.data) : []);
  return (
    <Switch>
      <Match when={query.isError}>
        <p class="text-unknown" role="status">
          {rich`The effects on playbooks could not be checked: ${() => toApiError(query.error).message}`}
        </p>
      </Match>
      <Match when={rows().length > 0}>
        <section aria-label={t('What this breaks')} class="flex flex-col gap-1">
          <p class="font-medium text-failed">{t('Publishing breaks:')}</p>
          <BrokenUses rows={rows()} />
        </section>
      </Match>
    </Switch>
  );
}

export const BrokenUses = (props: { rows: readonly Row[] }) => (
  <ul class="max-h-60 overflow-auto border-t">
    <For each={props.rows}>
      {(row) => (
        <li class="border-b py-1.5">
          <p>{row.what}</p>
          <Show when={row.why}>{(why) => <p class="text-muted text-sm">{why()}</p>}</Show>
        </li>
      )}
    </For>
  </ul>
);

interface Row {
  what: string;
  why: string | null;
}

export function broken({ playbooks, waitingSteps, storedInputs }: Radius): Row[] {
  const rows: Row[] = [
    ...playbooks.map(({ title, version, stepTitle, issues }) => ({
      what:
        version === null
          ? t`${title} (draft), step ${stepTitle}`
          : t`${title} (v${version}), step ${stepTitle}`,
      why: sentence(issues),
    })),
    ...waitingSteps.map(({ title, issues }) => ({
      what: t`${title}, waiting in a run`,
      why: sentence(issues),
    })),
  ];
  const failing = storedInputs.failing.length;
  if (failing === 0) return rows;
  const what = t`${failing} of the last ${storedInputs.checked} inputs would be rejected`;
  return [...rows, { what, why: sentence(storedInputs.failing.flatMap(({ issues }) => issues)) }];
}

function sentence(issues: readonly { message: string }[]): string | null {
  const messages = [...new Set(issues.map(({ message }) => message))];
  return messages.length === 0
    ? null
    : `${messages.slice(0, 3).join('; ')}${messages.length > 3 ? ' …' : ''}`;
}
