import { Circle, CircleCheck } from 'lucide-solid';
import { createEffect, createSignal, For, type JSX, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { queries } from '../../../api/trpc.ts';
import { Button, ButtonLink } from '../../../kit/button.tsx';
import { Section } from '../../../kit/page-header.tsx';
import { rich, t } from '../../../words/words.ts';
import { dismissGuide, guideIsDismissed } from './guide-dismissed.ts';

interface GuideStep {
  title: string;
  text: string;
  done: boolean;
  action: () => JSX.Element;
}

/** The way to a first real run, for who can go it. It is there until all is done, or until it is dismissed. */
export function Guide() {
  const can = useCan();
  const [dismissed, setDismissed] = createSignal(guideIsDismissed());
  const hide = () => {
    dismissGuide();
    setDismissed(true);
  };
  return (
    <Show when={!dismissed() && can('tools.write') && can('playbooks.write')}>
      <Steps onHide={hide} />
    </Show>
  );
}

function Steps(props: { onHide: () => void }) {
  const tools = useQuery(() => queries.tools.list({ status: 'enabled', limit: 1 }));
  const executions = useQuery(() => queries.executions.list({ status: 'succeeded', limit: 1 }));
  const playbooks = useQuery(() => queries.playbooks.list({ status: 'published', limit: 1 }));
  const runs = useQuery(() => queries.runs.list({ limit: 1 }));
  const approvals = useQuery(() => queries.events.list({ type: 'StepApproved', limit: 1 }));
  const all = [tools, executions, playbooks, runs, approvals] as const;
  const loaded = () => all.every((query) => query.isSuccess);
  const here = () => ({ tenant: tenantSlug() });

  const first = <T,>(query: { data: { items: T[] } | undefined }): T | undefined => query.data?.items[0];
  const steps = (): GuideStep[] => [
    {
      title: t('Connect something'),
      text: t(
        'A tool is one call to another system. Install a template, import an API, or write one yourself; a tool of the type Dummy responds without calling anything.',
      ),
      done: first(tools) !== undefined,
      action: () => (
        <ButtonLink to="/t/$tenant/tools" params={here()} search={{}} variant="primary">
          {t('Add a tool')}
        </ButtonLink>
      ),
    },
    {
      title: t('Run it'),
      text: t('See the exact request first, then send it.'),
      done: first(executions) !== undefined,
      action: () => (
        <Show when={first(tools)}>
          {(tool) => (
            <ButtonLink
              to="/t/$tenant/tools/$toolId/run"
              params={{ ...here(), toolId: tool().id }}
              search={{}}
              variant="primary"
            >
              {t`Run ${tool().title}`}
            </ButtonLink>
          )}
        </Show>
      ),
    },
    {
      title: t('Put it into a playbook'),
      text: t('Take a template, choose your tool for its step, and publish it.'),
      done: first(playbooks) !== undefined,
      action: () => (
        <ButtonLink to="/t/$tenant/playbooks/templates" params={here()} variant="primary">
          {t('Choose a template')}
        </ButtonLink>
      ),
    },
    {
      title: t('Start a run'),
      text: t('Its steps wait in the inbox for whoever may do them.'),
      done: first(runs) !== undefined,
      action: () => (
        <Show when={first(playbooks)}>
          {(playbook) => (
            <ButtonLink
              to="/t/$tenant/playbooks/$playbookId"
              params={{ ...here(), playbookId: playbook().id }}
              search={{}}
              variant="primary"
            >
              {t`Open ${playbook().title}`}
            </ButtonLink>
          )}
        </Show>
      ),
    },
    {
      title: t('Approve it as someone else'),
      text: t(
        'Who took part in a run cannot approve it. Invite a second person as an approver: the approval waits in their inbox.',
      ),
      done: first(approvals) !== undefined,
      action: () => (
        <ButtonLink
          to="/t/$tenant/settings/$section"
          params={{ ...here(), section: 'members' }}
          variant="primary"
        >
          {t('Invite someone')}
        </ButtonLink>
      ),
    },
  ];
  const done = () => steps().filter((step) => step.done).length;
  const next = () => steps().findIndex((step) => !step.done);
  createEffect(() => {
    if (loaded() && next() === -1) props.onHide();
  });

  return (
    <Show when={loaded() && next() !== -1}>
      <Section
        title={t('Your first run')}
        aside={
          <>
            <span class="text-muted">{rich`${done} of ${() => steps().length} done`}</span>
            <Button variant="quiet" onClick={props.onHide}>
              {t('Dismiss')}
            </Button>
          </>
        }
      >
        <ol class="max-w-220 border-t" aria-label={t('Your first run')}>
          <For each={steps()}>
            {(step, index) => (
              <li
                class="flex flex-wrap items-center gap-x-3 gap-y-2 border-b py-2"
                aria-current={index() === next() ? 'step' : undefined}
              >
                <Show
                  when={step.done}
                  fallback={<Circle size={16} class="shrink-0 text-faint" aria-hidden="true" />}
                >
                  <CircleCheck size={16} class="shrink-0 text-succeeded" aria-hidden="true" />
                </Show>
                <div class="min-w-0 flex-[1_1_240px]">
                  <p class="font-medium" classList={{ 'text-muted': step.done }}>
                    {step.title}
                    <Show when={step.done}>
                      <span class="sr-only"> {t('(done)')}</span>
                    </Show>
                  </p>
                  <Show when={!step.done}>
                    <p class="max-w-[68ch] text-muted">{step.text}</p>
                  </Show>
                </div>
                <Show when={index() === next()}>{step.action()}</Show>
              </li>
            )}
          </For>
        </ol>
      </Section>
    </Show>
  );
}
