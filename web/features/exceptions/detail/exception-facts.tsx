import { Plus } from 'lucide-solid';
import { createMemo, Show } from 'solid-js';
import { useCan, useMe } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { Due } from '../../../kit/due.tsx';
import { Fact, Facts } from '../../../kit/facts.tsx';
import { formatExactTime } from '../../../kit/format.ts';
import { IdChip } from '../../../kit/id-chip.tsx';
import type { MenuHandle } from '../../../kit/menu.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { t } from '../../../words/words.ts';
import { AssignMenu } from './assign-menu.tsx';
import { AttributesTable } from './attributes-table.tsx';
import type { Exception, ExceptionChanges } from './exception-changes.ts';
import { ExceptionLinks } from './exception-links.tsx';
import { ExceptionRuns, type RunRow } from './exception-runs.tsx';

/** The narrow column: who handles the exception, its values, links and runs. */
export function ExceptionFacts(props: {
  exception: Exception;
  tenant: string;
  changes: ExceptionChanges;
  runs: readonly RunRow[];
  shownRun: string | undefined;
  assignMenu: (handle: MenuHandle) => void;
  onLink: () => void;
}) {
  const can = useCan();
  const me = useMe();
  const exception = () => props.exception;
  const domains = useQuery(() => queries.exceptions.domains());
  const domain = createMemo(() =>
    domains.isSuccess ? domains.data.items.find(({ name }) => name === exception().domain) : undefined,
  );
  /** A resolved exception cannot be assigned. */
  const mayAssign = () => can('exceptions.write') && exception().status !== 'resolved';
  return (
    <div class="flex flex-col gap-3">
      <Facts label={t('Exception')}>
        <Fact label={t('Assignee')}>
          <Show when={mayAssign()} fallback={exception().assignee?.name ?? <NoOne />}>
            <span class="flex items-center justify-between gap-2">
              <AssignMenu exception={exception()} changes={props.changes} handle={props.assignMenu} />
              <Show when={me() && exception().assignee?.id !== me()?.actor.id}>
                <Button
                  variant="quiet"
                  keys="i"
                  busy={props.changes.busy()}
                  onClick={() => void props.changes.assign(me()?.actor.id ?? null)}
                >
                  {t('Assign to me')}
                </Button>
              </Show>
            </span>
          </Show>
        </Fact>
        <Fact label={t('Due')}>
          <Show when={exception().dueAt} fallback={<span class="text-faint">{t('No due date')}</span>}>
            {(at) => (
              <>
                <Due at={at()} done={exception().status === 'resolved'} />
                <span class="block text-faint text-sm">{formatExactTime(at())}</span>
              </>
            )}
          </Show>
        </Fact>
        <Fact label={t('Domain')}>{domain()?.title ?? exception().domain}</Fact>
        <Show when={Object.keys(exception().attributes).length > 0}>
          <Fact label={t('Attributes')}>
            <AttributesTable attributes={exception().attributes} schema={domain()?.attributeSchema} />
          </Fact>
        </Show>
        <Fact label={t('Links')}>
          <ExceptionLinks
            links={exception().links}
            tenant={props.tenant}
            onRemove={can('exceptions.write') ? (id) => void props.changes.unlink(id) : undefined}
          />
          <Show when={can('exceptions.write')}>
            <div>
              <Button variant="quiet" icon={Plus} keys="l" class="-ml-2.5" onClick={() => props.onLink()}>
                {t('Add link')}
              </Button>
            </div>
          </Show>
        </Fact>
        <Fact label={t('Playbook runs')}>
          <ExceptionRuns
            runs={props.runs}
            tenant={props.tenant}
            exceptionId={exception().id}
            shown={props.shownRun}
          />
        </Fact>
        <Fact label={t('Opened')}>
          <RelativeTime at={exception().createdAt} />{' '}
          <span class="text-muted">{t`by ${exception().createdBy.name}`}</span>
        </Fact>
        <Show when={exception().source}>{(source) => <Fact label={t('Source')}>{source()}</Fact>}</Show>
        <Show when={can('audit.read')}>
          <Fact label={t('Evidence')}>
            <a
              href={`/api/exceptions/${exception().id}/evidence.html?tenant=${encodeURIComponent(props.tenant)}`}
              download=""
              class="text-accent hover:underline"
              title={t('Timeline, exact requests, approvals, and the proof that they are in the audit trail')}
            >
              {t('Download as one file')}
            </a>
          </Fact>
        </Show>
        <Fact label={t('ID')}>
          <IdChip id={exception().id} label={t('Copy exception ID')} />
        </Fact>
      </Facts>
    </div>
  );
}

const NoOne = () => <span class="text-faint">{t('No one')}</span>;
