import { liveState } from '../../../../api/live.ts';
import { useQuery } from '../../../../api/query.ts';
import { queries } from '../../../../api/trpc.ts';
import { QueryView } from '../../../../kit/query-view.tsx';
import { t } from '../../../../words/words.ts';
import { stepAt, stepPaths, textOf } from '../outline.ts';
import { isRunOpen } from '../run-state.ts';
import { PlaybookFlow } from './playbook-flow.tsx';

/** The steps of a run as a graph: where it is, and which way it took. It fills the element around it. */
export function RunGraph(props: {
  runId: string;
  /** The id of a step. */
  selected?: string | undefined;
  onSelect: (stepId: string) => void;
}) {
  const query = useQuery(() => ({
    ...queries.runs.get({ id: props.runId }),
    refetchInterval: ({ state }) =>
      state.data && isRunOpen(state.data) && liveState() !== 'live' ? 3_000 : false,
  }));
  return (
    <QueryView query={query} what={t('The run could not be loaded')}>
      {(run) => {
        const versions = useQuery(() =>
          queries.playbooks.versions({ id: run().playbookId, version: run().playbookVersion }),
        );
        return (
          <QueryView query={versions} what={t('The graph could not be loaded')}>
            {(found) => {
              const document = () => found().items[0]?.document ?? {};
              const idAt = (path: string) => textOf(stepAt(document(), path), 'id');
              return (
                <PlaybookFlow
                  document={document()}
                  label={t('Steps as a graph')}
                  run={run()}
                  selected={stepPaths(document()).find((path) => idAt(path) === props.selected)}
                  onOpen={(path) => props.onSelect(idAt(path))}
                />
              );
            }}
          </QueryView>
        );
      }}
    </QueryView>
  );
}
