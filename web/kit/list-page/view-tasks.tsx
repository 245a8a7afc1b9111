import { Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { ActionDialog } from '../action-dialog.tsx';
import type { OpenView } from './open-view.ts';
import type { SavedViews, ViewContent } from './saved-views.ts';
import { NewViewDialog, ViewSettingsDialog } from './view-dialog.tsx';
import type { ViewTask } from './view-items.tsx';

/** The dialog of what was chosen from the views of a list. */
export default function ViewTasks(props: {
  task: ViewTask;
  views: SavedViews;
  current: OpenView;
  /** What the list shows. */
  content: Omit<ViewContent, 'name' | 'shared'>;
  onClose: () => void;
}) {
  const { task, views } = props;
  if (task.do === 'new')
    return (
      <NewViewDialog
        views={views}
        content={props.content}
        onSaved={props.current.open}
        onClose={props.onClose}
      />
    );
  if (task.do === 'settings')
    return <ViewSettingsDialog views={views} view={task.view} onClose={props.onClose} />;
  const { view } = task;
  const isUpdate = task.do === 'update';
  return (
    <ActionDialog
      open
      title={isUpdate ? t`Save changes to ${view.name}` : t`Remove view ${view.name}`}
      verb={isUpdate ? t('Save changes') : t('Remove view')}
      danger={!isUpdate}
      failed={isUpdate ? t('The view was not saved.') : t('The view was not removed.')}
      onConfirm={() => (isUpdate ? views.update(view, props.content) : views.remove(view))}
      onClose={props.onClose}
    >
      {isUpdate
        ? t('It gets the filters, order, columns and density that the list has now.')
        : t('The rows of the list stay; only the view is removed.')}
      <Show when={view.shared}> {t('Everyone in the organization uses this view.')}</Show>
    </ActionDialog>
  );
}
