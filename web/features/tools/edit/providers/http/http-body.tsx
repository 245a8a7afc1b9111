import { Match, Switch } from 'solid-js';
import { isObject } from '../../../../../../shared/platform/schema-properties.ts';
import type { HttpConfig } from '../../../../../../shared/tools/providers/http/config.ts';
import { SelectField } from '../../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../../kit/document-form/document-form.ts';
import { t } from '../../../../../words/words.ts';
import { PairRows } from '../../pair-rows.tsx';
import { TemplateField } from '../../template-input.tsx';
import { TemplateJson } from '../../template-json.tsx';

type BodyType = HttpConfig['bodyType'];

/** Every body type, and what a custom body starts as. */
const bodyTypes: Record<BodyType, { label: string; start: unknown }> = {
  json: { label: t('JSON'), start: {} },
  form: { label: t('Form fields'), start: {} },
  multipart: { label: t('Multipart form'), start: {} },
  text: { label: t('Text'), start: '' },
  binary: { label: t('Binary'), start: '' },
};
const isBodyType = (type: string): type is BodyType => Object.hasOwn(bodyTypes, type);

/** The body: made from the inputs, or a template. */
export function HttpBody() {
  const form = useDocumentForm();
  const type = (): BodyType => {
    const found = form.text('/config/bodyType');
    return isBodyType(found) ? found : 'json';
  };
  const body = () => form.at('/config/body');
  const isCustom = () => body() !== undefined;
  const setType = (next: string) => {
    if (!isBodyType(next)) return;
    const { start } = bodyTypes[next];
    const keeps = !isCustom() || isObject(body()) === isObject(start);
    form.set('/config/bodyType', next === 'json' ? undefined : next);
    if (!keeps) form.set('/config/body', start);
  };
  return (
    <div class="flex flex-col gap-2">
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <SelectField
          pointer="/config/body"
          label={t('Body')}
          value={isCustom() ? 'custom' : 'inputs'}
          options={[
            { value: 'inputs', label: t('All inputs that are not used elsewhere') },
            { value: 'custom', label: t('Custom') },
          ]}
          onChange={(next) =>
            form.set('/config/body', next === 'custom' ? bodyTypes[type()].start : undefined)
          }
        />
        <SelectField
          pointer="/config/bodyType"
          label={t('Body type')}
          value={type()}
          options={Object.entries(bodyTypes).map(([value, { label }]) => ({ value, label }))}
          onChange={setType}
        />
      </div>
      <Switch>
        <Match when={isCustom() && type() === 'json'}>
          <TemplateJson
            pointer="/config/body"
            label={t('Body template')}
            height="168px"
            help={t(
              'A text that is exactly "{name}" becomes that input and keeps its type: a number stays a number.',
            )}
          />
        </Match>
        <Match when={isCustom() && isObject(bodyTypes[type()].start)}>
          <PairRows pointer="/config/body" label={t('Fields')} one={t('field')} />
        </Match>
        <Match when={isCustom() && type() === 'text'}>
          <TemplateField pointer="/config/body" label={t('Text')} rows={4} />
        </Match>
        <Match when={isCustom()}>
          <TemplateField
            pointer="/config/body"
            label={t('Content')}
            rows={1}
            help={t('The name of an input that is a file, or holds the content in base64, as in {file}.')}
          />
        </Match>
      </Switch>
    </div>
  );
}
