import { useLocation, useParams } from '@tanstack/solid-router';
import { Match, Show, Switch } from 'solid-js';
import { playbookTemplates } from '../../../../shared/playbooks/templates/registry.ts';
import { fromTemplate, withTexts } from '../../../../shared/playbooks/templates/template.ts';
import { useCan, useMe } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { PageHeader } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import type { Document } from '../parts/outline.ts';
import type { Playbook } from '../parts/playbook-words.ts';
import { PlaybooksLink } from '../parts/playbooks-link.tsx';
import { copyOfDocument, newDocument } from './new-step.ts';
import { PlaybookEditorView } from './playbook-editor.tsx';

/** `/playbooks/new`, empty, from a template or as a copy, and `/playbooks/<id>/edit`. */
export default function PlaybookEditorPage() {
  const params = useParams({ strict: false });
  const location = useLocation();
  const can = useCan();
  const me = useMe();
  const tenant = () => params().tenant ?? '';
  const editId = () => params().playbookId;
  const search = () => (editId() ? {} : (location().search as NewSearch));
  const sourceId = () => editId() ?? search().copy;
  useTitle(() => (editId() ? t('Edit playbook') : t('New playbook')));
  return (
    <Switch>
      <Match when={me() && !can('playbooks.write')}>
        <PageHeader
          title={editId() ? t('Edit playbook') : t('New playbook')}
          back={<PlaybooksLink tenant={tenant()} />}
        />
        <EmptyState title={t('You cannot edit playbooks')}>
          {t('Only tool admins can do this. A tenant admin can give you the role.')}
        </EmptyState>
      </Match>
      <Match when={sourceId()} keyed>
        {(id) => <FromPlaybook id={id} tenant={tenant()} editing={editId() !== undefined} />}
      </Match>
      <Match when={!sourceId()}>
        <Show when={keyOf(search())} keyed>
          {(key) => (
            <PlaybookEditorView tenant={tenant()} playbook={null} newKey={key} document={startOf(search())} />
          )}
        </Show>
      </Match>
    </Switch>
  );
}

interface NewSearch {
  copy?: string;
  template?: string;
  tool?: string;
}

/** What is typed into one template is not shown in another. */
const keyOf = ({ template, tool }: NewSearch): string =>
  ['new', template, tool].filter((part) => part !== undefined).join('.');

function startOf({ template: id, tool }: NewSearch): Document {
  const template = playbookTemplates.find((each) => each.id === id);
  return template ? { triggers: [], ...fromTemplate(withTexts(template, t), tool) } : newDocument();
}

function FromPlaybook(props: { id: string; tenant: string; editing: boolean }) {
  const query = useQuery(() => queries.playbooks.get({ id: props.id }));
  const start = (playbook: Playbook) => {
    const document = playbook.draft ?? playbook.document ?? newDocument();
    return props.editing ? document : copyOfDocument(document);
  };
  return (
    <>
      <Show when={!query.isSuccess}>
        <PageHeader
          title={props.editing ? t('Edit playbook') : t('New playbook')}
          back={<PlaybooksLink tenant={props.tenant} />}
        />
      </Show>
      <QueryView query={query} what={t('The playbook could not be loaded')}>
        {(playbook) => {
          // As it was when the page opened: a save by someone else must not undo what is typed.
          const first = playbook();
          return (
            <PlaybookEditorView
              tenant={props.tenant}
              playbook={props.editing ? first : null}
              document={start(first)}
            />
          );
        }}
      </QueryView>
    </>
  );
}
