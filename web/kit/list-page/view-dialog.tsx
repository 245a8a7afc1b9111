import { createSignal, Show } from 'solid-js';
import { useCan } from '../../api/me.ts';
import { t } from '../../words/words.ts';
import { FormDialog } from '../form-dialog.tsx';
import { TextInput } from '../text-input.tsx';
import type { SavedView, SavedViews, ViewContent } from './saved-views.ts';

type Choice = Pick<ViewContent, 'name'> & { shared: boolean; isDefault: boolean };

/** Names a new view of what the list shows now. */
export function NewViewDialog(props: {
  views: SavedViews;
  /** What the list shows. */
  content: Omit<ViewContent, 'name' | 'shared'>;
  onSaved?: (view: SavedView) => void;
  onClose: () => void;
}) {
  return (
    <ViewForm
      title={t('Save this view')}
      description={t('It keeps filters, order, columns and density, not the current results.')}
      verb={t('Save view')}
      start={{ name: '', shared: false, isDefault: false }}
      send={async ({ isDefault, ...chosen }) => {
        const view = await props.views.create({ ...props.content, ...chosen });
        if (isDefault) await props.views.chooseDefault(view);
        props.onSaved?.(view);
      }}
      writable
      mine
      onClose={props.onClose}
    />
  );
}

/** Renames a view, shares it, and says whether the list opens with it. */
export function ViewSettingsDialog(props: { views: SavedViews; view: SavedView; onClose: () => void }) {
  const { view, views } = props;
  return (
    <ViewForm
      title={t`View ${view.name}`}
      description={view.mine ? undefined : t`${view.owner.name} shares this view with the organization.`}
      verb={t('Save')}
      start={{ name: view.name, shared: view.shared, isDefault: view.isDefault }}
      send={async ({ name, shared, isDefault }) => {
        if (name !== view.name || shared !== view.shared) await views.update(view, { name, shared });
        if (isDefault !== view.isDefault) await views.chooseDefault(isDefault ? view : null);
      }}
      writable={view.writable}
      mine={view.mine}
      onClose={props.onClose}
    />
  );
}

function ViewForm(props: {
  title: string;
  description: string | undefined;
  verb: string;
  start: Choice;
  send: (choice: Choice) => Promise<void>;
  /** The person may rename it. */
  writable: boolean;
  mine: boolean;
  onClose: () => void;
}) {
  const can = useCan();
  const [choice, setChoice] = createSignal(props.start);
  const change = (to: Partial<Choice>) => setChoice({ ...choice(), ...to });
  return (
    <FormDialog
      title={props.title}
      {...(props.description !== undefined && { description: props.description })}
      verb={props.verb}
      ready={choice().name.trim() !== ''}
      send={async () => {
        await props.send({ ...choice(), name: choice().name.trim() });
        props.onClose();
      }}
      failed={t('The view was not saved.')}
      onClose={props.onClose}
    >
      {(issueAt) => (
        <>
          <Show when={props.writable}>
            <TextInput
              label={t('Name')}
              error={issueAt('/name')}
              maxLength={80}
              value={choice().name}
              onInput={(name) => change({ name })}
            />
          </Show>
          <Show when={props.mine && (can('views.share') || props.start.shared)}>
            <Box
              label={t('Share it with the organization')}
              checked={choice().shared}
              onChange={(shared) => change({ shared })}
            />
          </Show>
          <Box
            label={t('Open the list with this view, for me')}
            checked={choice().isDefault}
            onChange={(isDefault) => change({ isDefault })}
          />
        </>
      )}
    </FormDialog>
  );
}

const Box = (props: { label: string; checked: boolean; onChange: (checked: boolean) => void }) => (
  <label class="flex items-center gap-2 pointer-coarse:min-h-11">
    <input
      type="checkbox"
      checked={props.checked}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
      class="size-4 accent-accent-fill"
    />
    {props.label}
  </label>
);
