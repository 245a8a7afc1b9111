import { useQueryClient } from '@tanstack/solid-query';
import { FlaskConical } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { useQuery } from '../../../../api/query.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { queries, queryKey } from '../../../../api/trpc.ts';
import { Button } from '../../../../kit/button.tsx';
import { EmptyState } from '../../../../kit/empty-state.tsx';
import { Section } from '../../../../kit/page-header.tsx';
import { QueryView } from '../../../../kit/query-view.tsx';
import { t } from '../../../../words/words.ts';
import type { Tool } from '../../parts/tool-words.ts';
import { Comparison } from './comparison.tsx';
import { PastTrials } from './past-trials.tsx';
import { StartTrialDialog } from './start-trial-dialog.tsx';
import { TrialHead } from './trial-head.tsx';

/** While it runs, calls come in all the time. */
const everyMs = 5_000;

/** Two versions that share the calls of the tool, and what came of them. */
export function TrialTab(props: { tool: Tool }) {
  const client = useQueryClient();
  const [chosen, setChosen] = createSignal<string | undefined>();
  const [starting, setStarting] = createSignal(false);
  const query = useQuery(() => ({
    ...queries.trials.get({ id: props.tool.id, trialId: chosen() }),
    refetchInterval: chosen() === undefined ? everyMs : false,
  }));
  const past = useQuery(() => queries.trials.list({ id: props.tool.id }));
  const isRunning = () => past.isSuccess && past.data.items.some(({ status }) => status === 'running');
  const refresh = () => {
    setChosen(undefined);
    return Promise.all(
      ['trials', 'tools'].map((router) =>
        client.invalidateQueries({ queryKey: queryKey(tenantSlug(), router) }),
      ),
    );
  };
  const start = (variant: 'primary' | undefined) => (
    <Show when={props.tool.writable && props.tool.scope !== 'global' && past.isSuccess && !isRunning()}>
      <Button variant={variant} icon={FlaskConical} onClick={() => setStarting(true)}>
        {t('Try a version')}
      </Button>
    </Show>
  );
  return (
    <>
      <QueryView query={query} what={t('The trial could not be loaded')}>
        {(found) => (
          <Show
            when={found().trial}
            fallback={
              <EmptyState title={t('No version has been tried yet')} action={start('primary')}>
                <Show
                  when={props.tool.scope !== 'global'}
                  fallback={t(
                    'The calls of a global tool are those of every organization, so all get the same version.',
                  )}
                >
                  {t(
                    'A trial gives a part of the calls to another version, and compares what comes of both before you decide. Save a changed tool as a candidate, or try a version that is there.',
                  )}
                </Show>
              </EmptyState>
            }
          >
            {(trial) => (
              <>
                <TrialHead
                  trial={trial()}
                  name={props.tool.name}
                  writable={props.tool.writable}
                  start={start(undefined)}
                  onChanged={refresh}
                />
                <Section title={t('Comparison')}>
                  <Comparison comparison={trial().comparison} />
                </Section>
              </>
            )}
          </Show>
        )}
      </QueryView>
      <Show when={past.isSuccess && past.data.items.length > 1 ? past.data.items : undefined}>
        {(trials) => (
          <Section title={t('Trials')}>
            <PastTrials trials={trials()} chosen={chosen()} onChoose={setChosen} />
          </Section>
        )}
      </Show>
      <Show when={starting()}>
        <StartTrialDialog
          tool={props.tool}
          onClose={() => setStarting(false)}
          onStarted={() => {
            setStarting(false);
            return refresh();
          }}
        />
      </Show>
    </>
  );
}
