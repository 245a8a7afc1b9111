import { useQuery } from '../../../api/query.ts';
import { type Outputs, queries } from '../../../api/trpc.ts';
import { QueryView } from '../../../kit/query-view.tsx';
import { t } from '../../../words/words.ts';
import { PlaybookFlow } from '../parts/flow/playbook-flow.tsx';
import { stepAt, stepPaths, textOf } from '../parts/outline.ts';

/** The steps of a run as a graph: where it is, and which way it took. */
export function RunGraph(props: {
  run: Outputs['runs']['get'];
  selected: string | undefined;
  onSelect: (stepId: string) => void;
}) {
  const query = useQuery(() => queries.playbooks.versions({ id: props.run.playbookId }));
  return (
    <QueryView query={query} what={t('The graph could not be loaded')}>
      {(versions) => {
        const document = () =>
          versions().items.find(({ version }) => version === props.run.playbookVersion)?.document ?? {};
        const idAt = (path: string) => textOf(stepAt(document(), path), 'id');
        return (
          <div class="flex h-[70vh] min-h-80 flex-col">
            <PlaybookFlow
              document={document()}
              label={t('Steps as a graph')}
              run={props.run}
              selected={stepPaths(document()).find((path) => idAt(path) === props.selected)}
              onOpen={(path) => props.onSelect(idAt(path))}
            />
          </div>
        );
      }}
    </QueryView>
  );
}
