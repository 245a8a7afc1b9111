import { Show } from 'solid-js';
import { SelectField, TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../../kit/document-form/document-form.ts';
import { NumberField } from '../../../../../kit/document-form/number-field.tsx';
import { t } from '../../../../../words/words.ts';

const at = '/config/pagination';

/** What a kind of pages needs to begin with. */
const starts: Record<string, Record<string, unknown>> = {
  cursor: { type: 'cursor', parameter: 'cursor', cursor: '/nextCursor' },
  page: { type: 'page' },
  offset: { type: 'offset' },
  link_header: { type: 'link_header' },
};

/** Whether a GET reads further pages, and how it asks for them. */
export function HttpPages() {
  const form = useDocumentForm();
  const isGet = () => (form.text('/config/method') || 'GET') === 'GET';
  const type = () => form.text(`${at}/type`);
  return (
    <Show when={isGet() || type() !== ''}>
      <SelectField
        pointer={`${at}/type`}
        label={t('Further pages')}
        help={t('Each page is a request of its own to the same host. The output is the list of all items.')}
        value={type()}
        onChange={(next) => form.set(at, starts[next])}
        options={[
          { value: '', label: t('None: one response') },
          { value: 'cursor', label: t('By a cursor in the response') },
          { value: 'page', label: t('By page number') },
          { value: 'offset', label: t('By offset') },
          { value: 'link_header', label: t('By the Link header') },
        ]}
      />
      <Show when={type() !== ''}>
        <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
          <Show when={type() !== 'link_header'}>
            <TextField
              pointer={`${at}/parameter`}
              label={t('Query parameter')}
              mono
              placeholder={type() === 'cursor' ? 'cursor' : type()}
            />
          </Show>
          <Show when={type() === 'cursor'}>
            <TextField
              pointer={`${at}/cursor`}
              label={t('Where the next cursor is')}
              mono
              placeholder="/nextCursor"
            />
          </Show>
          <Show when={type() === 'page'}>
            <NumberField pointer={`${at}/first`} label={t('First page')} placeholder="1" />
          </Show>
          <TextField pointer={`${at}/items`} label={t('Where the items are')} mono placeholder="/data" />
          <NumberField pointer={`${at}/maxPages`} label={t('Pages at most')} placeholder="10" />
          <NumberField
            pointer={`${at}/maxBytes`}
            label={t('Bytes at most')}
            unit="kB"
            scale={1024}
            placeholder="4096"
          />
        </div>
      </Show>
    </Show>
  );
}
