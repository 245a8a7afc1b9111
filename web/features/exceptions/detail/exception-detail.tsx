import { useNavigate, useSearch } from '@tanstack/solid-router';
import { Check, Hand, Pencil, RotateCcw, Wrench } from 'lucide-solid';
import { createMemo, createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { useCan, useMe } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { type Action, useActions } from '../../../kit/actions.ts';
import { BelowLoading } from '../../../kit/below-loading.tsx';
import { Button } from '../../../kit/button.tsx';
import type { MenuHandle } from '../../../kit/menu.tsx';
import { DetailBody, PageHeader, Section } from '../../../kit/page-header.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { t } from '../../../words/words.ts';
import { isRunOpen } from '../../playbooks/parts/run-state.ts';
import { PeopleHere } from '../../presence/parts/people-here.tsx';
import { createPresence } from '../../presence/parts/presence.ts';
import { CommentBox } from '../parts/comment-box.tsx';
import { ExceptionAttachments } from '../parts/exception-attachments.tsx';
import { resolutionWord } from '../parts/exception-words.ts';
import { ExceptionStatusMark, Severity } from '../parts/severity.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { createExceptionChanges, type Exception } from './exception-changes.ts';
import { ExceptionFacts } from './exception-facts.tsx';
import { ExceptionRun, useRun } from './exception-run.tsx';
import { ExceptionSuggestions } from './exception-suggestions.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { nextAction } from './next-action.ts';
import { ReopenDialog } from './reopen-dialog.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';
import { RunToolPicker } from './run-tool-picker.tsx';
import { createPlaybookStart, StartPlaybook } from './start-playbook.tsx';
import { Timeline } from './timeline.tsx';

const from = '/t/$tenant/exceptions/$exceptionId';
/** The runs of an exception. */
export const runsOf = (exceptionId: string) => queries.runs.list({ exceptionId, limit: 20 });

type Asking = 'resolve' | 'reopen' | 'link' | 'edit' | 'tool';

/** One exception: its next step, its timeline and its facts. */
export function ExceptionDetail(props: { exception: Exception; tenant: string; back: JSX.Element }) {
  const search = useSearch({ from });
  const navigate = useNavigate({ from });
  const can = useCan();
  const me = useMe();
  const exception = () => props.exception;
  const changes = createExceptionChanges(exception);
  const here = createPresence(() => ({ type: 'exception', id: exception().id }));
  const [asking, setAsking] = createSignal<Asking | null>(null);
  const menus: Partial<Record<'assign' | 'start', MenuHandle>> = {};
  const menuHandle = (name: keyof typeof menus) => (handle: MenuHandle) => {
    menus[name] = handle;
  };
  let comment: { focus: () => void } | undefined;
  let panel: HTMLElement | undefined;
  let runPanel: HTMLDivElement | undefined;

  const runs = useQuery(() => runsOf(exception().id));
  const runRows = createMemo(() => (runs.isSuccess ? runs.data.items : []));
  const openRun = createMemo(() => runRows().find(isRunOpen)?.id);
  const shownRun = () => search().run ?? openRun();
  const run = useRun(shownRun);
  const shown = () => (run.isSuccess ? run.data : undefined);

  const unresolved = () => exception().status !== 'resolved';
  const mayStart = () => can('runs.start') && unresolved();
  const playbooks = useQuery(() => ({
    ...queries.playbooks.list({ status: 'published', exceptionId: exception().id, limit: 50 }),
    enabled: mayStart(),
  }));
  const matching = createMemo(() => (mayStart() && playbooks.isSuccess ? playbooks.data.items : []));
  const mayWrite = () => can('exceptions.write');
  const mayRun = () => can('tools.execute');
  const suggesting = useQuery(() => ({
    ...queries.exceptions.suggestions({ id: exception().id }),
    enabled: unresolved() && (mayRun() || mayStart()),
    staleTime: 60_000,
  }));
  const suggestions = () => (suggesting.isSuccess && unresolved() ? suggesting.data : undefined);

  const next = createMemo(() => {
    const at = shown();
    return nextAction({
      exception: exception(),
      run: at && isRunOpen(at) ? at : undefined,
      // After a completed run the next action is to resolve, not to start again.
      canStart:
        matching().length > 0 && !runRows().some((each) => isRunOpen(each) || each.status === 'completed'),
      mayWrite: mayWrite(),
    });
  });
  const nextStep = () => {
    const action = next();
    return action.kind === 'step' ? action : undefined;
  };

  const go = (to: ReturnType<typeof search>) =>
    void navigate({ search: { ...search(), ...to }, replace: true, resetScroll: false });
  const select = (runId: string | undefined, stepId: string | undefined) => go({ run: runId, step: stepId });
  /** Shows the step and focuses its form. */
  const goToStep = (runId: string, stepId: string) => {
    select(runId, stepId);
    setTimeout(() => {
      panel?.scrollIntoView({ block: 'nearest' });
      const field = panel?.querySelector<HTMLElement>('input:not([readonly]), select, textarea');
      (field ?? panel)?.focus({ preventScroll: true });
    }, 50);
  };
  const showStarted = () => {
    select(undefined, undefined);
    setTimeout(() => runPanel?.scrollIntoView({ block: 'start' }), 50);
  };
  const start = createPlaybookStart({
    get exceptionId() {
      return exception().id;
    },
    onStarted: showStarted,
  });
  const isShown = (stepId: string) => search().step === undefined || search().step === stepId;
  const shownTitle = () => `${exceptionLabel(exception().number)} ${exception().title}`;

  useActions(() => {
    const actions: (Action | false)[] = [
      { id: 'exception:comment', label: t('Comment'), keys: 'm', group: 'Page', run: () => comment?.focus() },
      mayWrite() && {
        id: 'exception:edit',
        label: t('Edit'),
        keys: 'e',
        group: 'Page',
        run: () => setAsking('edit'),
      },
      mayWrite() && {
        id: 'exception:link',
        label: t('Add link'),
        keys: 'l',
        group: 'Page',
        run: () => setAsking('link'),
      },
      mayWrite() &&
        unresolved() && {
          id: 'exception:assign',
          label: t('Assign to'),
          keys: 's',
          group: 'Page',
          run: () => menus.assign?.open(),
        },
      mayWrite() &&
        unresolved() &&
        exception().assignee?.id !== me()?.actor.id && {
          id: 'exception:mine',
          label: t('Assign to me'),
          keys: 'i',
          group: 'Page',
          run: () => void changes.assign(me()?.actor.id ?? null),
        },
      mayWrite() &&
        (unresolved()
          ? {
              id: 'exception:resolve',
              label: t('Resolve'),
              keys: 'd',
              group: 'Page',
              run: () => setAsking('resolve'),
            }
          : {
              id: 'exception:reopen',
              label: t('Reopen'),
              keys: 'o',
              group: 'Page',
              run: () => setAsking('reopen'),
            }),
      nextStep() !== undefined && {
        id: 'exception:step',
        label: t('Go to the waiting step'),
        keys: 'w',
        group: 'Page',
        run: () => {
          const step = nextStep();
          if (step) goToStep(step.runId, step.stepId);
        },
      },
      matching().length > 0 && {
        id: 'exception:start',
        label: t('Start playbook'),
        keys: 'p',
        group: 'Page',
        run: () => menus.start?.open(),
      },
      mayRun() && {
        id: 'exception:tool',
        label: t('Run tool with this exception'),
        keys: 't',
        group: 'Page',
        run: () => setAsking('tool'),
      },
    ];
    return actions.filter((action) => action !== false);
  });

  return (
    <>
      <PageHeader
        title={
          <span title={shownTitle()}>
            <span class="font-normal text-muted">{exceptionLabel(exception().number)}</span>{' '}
            {exception().title}
          </span>
        }
        back={props.back}
        aside={
          <>
            <Severity severity={exception().severity} />
            <ExceptionStatusMark status={exception().status} />
            <PeopleHere people={here.people()} />
          </>
        }
        actions={
          <>
            <Show when={mayWrite()}>
              <Button
                icon={Pencil}
                iconOnly
                aria-label={t('Edit')}
                title={t('Edit (E)')}
                onClick={() => setAsking('edit')}
              />
            </Show>
            <Show when={mayRun()}>
              <Button icon={Wrench} keys="t" onClick={() => setAsking('tool')}>
                {t('Run tool')}
              </Button>
            </Show>
            <Show when={mayWrite() && unresolved() && next().kind !== 'resolve'}>
              <Button icon={Check} keys="d" onClick={() => setAsking('resolve')}>
                {t('Resolve')}
              </Button>
            </Show>
            <Show when={matching().length > 0}>
              <StartPlaybook
                start={start}
                playbooks={matching()}
                primary={next().kind === 'start'}
                handle={menuHandle('start')}
              />
            </Show>
            <Switch>
              <Match when={nextStep()}>
                {(step) => (
                  <Button
                    // When the step is open below, its own button is the primary one.
                    variant={isShown(step().stepId) ? 'plain' : 'primary'}
                    icon={Hand}
                    keys="w"
                    title={step().title}
                    onClick={() => goToStep(step().runId, step().stepId)}
                  >
                    {t('Complete step')}
                  </Button>
                )}
              </Match>
              <Match when={next().kind === 'resolve'}>
                <Button variant="primary" icon={Check} keys="d" onClick={() => setAsking('resolve')}>
                  {t('Resolve')}
                </Button>
              </Match>
              <Match when={next().kind === 'reopen'}>
                <Button icon={RotateCcw} keys="o" onClick={() => setAsking('reopen')}>
                  {t('Reopen')}
                </Button>
              </Match>
            </Switch>
          </>
        }
      />
      <DetailBody
        facts={
          <ExceptionFacts
            exception={exception()}
            tenant={props.tenant}
            changes={changes}
            runs={runRows()}
            shownRun={shownRun()}
            assignMenu={menuHandle('assign')}
            onLink={() => setAsking('link')}
          />
        }
      >
        <Show when={exception().resolution}>
          {(resolution) => (
            <div class="px-6 max-sm:px-4 pt-4">
              <div class="rounded-md border border-succeeded/25 bg-succeeded-soft px-3 py-2">
                <p>
                  <span class="font-medium text-succeeded">{resolutionWord(resolution().code)}</span>{' '}
                  <span class="text-muted">
                    <RelativeTime at={resolution().at} />
                  </span>
                </p>
                <Show when={resolution().note}>
                  {(note) => <p class="whitespace-pre-wrap break-words">{note()}</p>}
                </Show>
              </div>
            </div>
          )}
        </Show>
        <Show when={exception().description}>
          {(description) => (
            <p class="max-w-[80ch] whitespace-pre-wrap break-words px-6 max-sm:px-4 pt-4">{description()}</p>
          )}
        </Show>
        <Show when={shownRun()} keyed>
          {(runId) => (
            <div ref={runPanel}>
              <ExceptionRun
                query={run}
                tenant={props.tenant}
                step={search().step}
                view={search().view ?? 'list'}
                onView={(view) => go({ view: view === 'graph' ? view : undefined })}
                onSelect={(stepId) =>
                  // A run that ends with the selected step stays on screen.
                  select(stepId === undefined && runId === openRun() ? undefined : runId, stepId)
                }
                panel={(element) => {
                  panel = element;
                }}
              />
            </div>
          )}
        </Show>
        <BelowLoading>
          <Show when={suggestions()}>
            {(found) => (
              <ExceptionSuggestions
                suggestions={found()}
                exceptionId={exception().id}
                tenant={props.tenant}
                mayRun={mayRun()}
                mayStart={mayStart()}
                onStart={(id) => void start.ask(id)}
              />
            )}
          </Show>
          <Section title={t('Files')}>
            <ExceptionAttachments exceptionId={exception().id} />
          </Section>
          <Section title={t('Timeline')}>
            <Timeline exceptionId={exception().id} tenant={props.tenant} onStep={goToStep}>
              <Show when={mayWrite()}>
                <CommentBox
                  exceptionId={exception().id}
                  handle={(handle) => {
                    comment = handle;
                  }}
                />
              </Show>
            </Timeline>
          </Section>
        </BelowLoading>
      </DetailBody>
      {start.dialog}
      <Switch>
        <Match when={asking() === 'tool'}>
          <RunToolPicker
            exceptionId={exception().id}
            label={exceptionLabel(exception().number)}
            tenant={props.tenant}
            suggestions={suggestions()}
            onClose={() => setAsking(null)}
          />
        </Match>
        <Match when={asking() === 'resolve'}>
          <ResolveDialog
            exception={exception()}
            openRun={runRows().find(isRunOpen)?.playbookTitle}
            onClose={() => setAsking(null)}
            onDone={changes.show}
          />
        </Match>
        <Match when={asking() === 'reopen'}>
          <ReopenDialog exception={exception()} onClose={() => setAsking(null)} onDone={changes.show} />
        </Match>
        <Match when={asking() === 'link'}>
          <LinkDialog exception={exception()} onClose={() => setAsking(null)} onDone={changes.show} />
        </Match>
        <Match when={asking() === 'edit'}>
          <EditDialog exception={exception()} onClose={() => setAsking(null)} onDone={changes.show} />
        </Match>
      </Switch>
    </>
  );
}
