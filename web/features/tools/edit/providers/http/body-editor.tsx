import { Match, Switch } from 'solid-js';
import { isObject } from '../../../../../../shared/platform/schema-properties.ts';
import { Bound, SelectField } from '../../../../../kit/document-form/bound-fields.tsx';
import { JsonPart } from '../../../../../kit/document-form/json-part.tsx';
import { useToolForm } from '../../form-state.ts';
import { PairRows } from '../../pair-rows.tsx';
import { TemplateInput } from '../../template-input.tsx';

type BodyType = 'json' | 'form' | 'multipart' | 'text' | 'binary';
const types: { value: BodyType; label: string }[] = [
  { value: 'json', label: 'JSON' },
  { value: 'form', label: 'Form fields' },
  { value: 'multipart', label: 'Multipart form' },
  { value: 'text', label: 'Text' },
  { value: 'binary', label: 'Binary' },
];

/** What the body starts as when one begins to write it. */
const starts: Record<BodyType, unknown> = { json: {}, form: {}, multipart: {}, text: '', binary: '' };

/** The body: made from the inputs by itself, or written out by type. */
export function BodyEditor() {
  const form = useToolForm();
  const type = () => (form.text('/config/bodyType') || 'json') as BodyType;
  const isOwn = () => form.at('/config/body') !== undefined;
  const setType = (next: string) => {
    const own = isOwn();
    const wasPairs = isObject(form.at('/config/body'));
    const fits = wasPairs === isObject(starts[next as BodyType]);
    form.set('/config/bodyType', next === 'json' ? undefined : next);
    if (own && !fits) form.set('/config/body', starts[next as BodyType]);
  };
  return (
    <div class="flex flex-col gap-2">
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <SelectField
          pointer="/config/body"
          label="Body"
          value={isOwn() ? 'own' : 'inputs'}
          options={[
            { value: 'inputs', label: 'All inputs that are not used elsewhere' },
            { value: 'own', label: 'Written out here' },
          ]}
          onChange={(next) => form.set('/config/body', next === 'own' ? starts[type()] : undefined)}
        />
        <SelectField
          pointer="/config/bodyType"
          label="Sent as"
          value={type()}
          options={types}
          onChange={setType}
        />
      </div>
      <Switch>
        <Match when={isOwn() && type() === 'json'}>
          <JsonPart
            pointer="/config/body"
            label="Body template"
            height="168px"
            template
            help={
              'A text that is exactly "{name}" becomes that input with its own type: a number stays a number.'
            }
          />
        </Match>
        <Match when={isOwn() && (type() === 'form' || type() === 'multipart')}>
          <PairRows pointer="/config/body" label="Fields" one="field" />
        </Match>
        <Match when={isOwn()}>
          <Bound
            pointer="/config/body"
            label={type() === 'text' ? 'Text' : 'Content'}
            help={
              type() === 'binary'
                ? 'The name of an input that holds the content in base64, as in {file}.'
                : undefined
            }
          >
            {(input) => (
              <TemplateInput
                {...input}
                rows={type() === 'text' ? 4 : 1}
                value={form.text('/config/body')}
                onChange={(body) => form.set('/config/body', body)}
              />
            )}
          </Bound>
        </Match>
      </Switch>
    </div>
  );
}
