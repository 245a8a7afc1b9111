import { createMemo, For, Show } from 'solid-js';
import { pointer as pointerTo } from '../../../../../../shared/platform/json-pointer.ts';
import { isObject, resolveLocalRef } from '../../../../../../shared/platform/schema-properties.ts';
import type { QueryStyle } from '../../../../../../shared/tools/providers/http/query-styles.ts';
import { SelectField } from '../../../../../kit/document-form/bound-fields.tsx';
import { t } from '../../../../../words/words.ts';
import { useToolForm } from '../../tool-form-state.ts';

const at = '/config/queryStyles';

const examples: Record<QueryStyle, (name: string) => string> = {
  repeat: (name) => `Repeated: ${name}=1&${name}=2`,
  comma: (name) => `Commas: ${name}=1,2`,
  space: (name) => `Spaces: ${name}=1%202`,
  pipe: (name) => `Vertical bars: ${name}=1%7C2`,
  tab: (name) => `Tabs: ${name}=1%092`,
  brackets: (name) => `Brackets: ${name}[]=1, ${name}[key]=2`,
  deepObject: (name) => `Deep object: ${name}[key]=1`,
  properties: () => t('Each property by its own name: key=1'),
  json: (name) => `JSON: ${name}={"key":1}`,
};

/** How the lists and objects of the query are written: a line for each parameter that may hold one. */
export function HttpQueryStyles() {
  const form = useToolForm();
  const styles = () => recordAt(form.at(at));
  const parameters = createMemo(() => {
    const query = recordAt(form.at('/config/query'));
    const method = form.text('/config/method') || 'GET';
    const schema = form.at('/inputSchema');
    const named = Object.entries(query)
      .filter(([, value]) => Array.isArray(value) || isStructured(schema, inputOf(value)))
      .map(([name]) => name);
    const rest = ['GET', 'HEAD', 'DELETE'].includes(method) ? form.inputs() : [];
    const used = JSON.stringify([
      form.at('/config/url'),
      form.at('/config/path'),
      query,
      form.at('/config/headers'),
    ]);
    const unnamed = rest.filter((name) => !used.includes(`{${name}}`) && isStructured(schema, name));
    return [...new Set([...named, ...unnamed, ...Object.keys(styles())])];
  });
  const set = (name: string, style: string) => {
    const { [name]: _before, ...others } = styles();
    const next = style === 'repeat' ? others : { ...others, [name]: style };
    form.set(at, Object.keys(next).length > 0 ? next : undefined);
  };
  return (
    <Show when={parameters().length > 0}>
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <For each={parameters()}>
          {(name) => (
            <SelectField
              pointer={pointerTo(at, name)}
              label={t`How ${name} is written`}
              value={String(styles()[name] ?? 'repeat')}
              options={Object.entries(examples).map(([value, words]) => ({ value, label: words(name) }))}
              onChange={(style) => set(name, style)}
            />
          )}
        </For>
      </div>
    </Show>
  );
}

const recordAt = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

/** The input that is the whole value. */
const inputOf = (value: unknown): string => /^\{([^{}]+)\}$/.exec(String(value))?.[1] ?? '';

function isStructured(schema: unknown, name: string): boolean {
  const properties = recordAt(recordAt(schema).properties);
  const listed = recordAt(Object.hasOwn(properties, name) ? properties[name] : undefined);
  const described = typeof listed.$ref === 'string' ? recordAt(resolveLocalRef(schema, listed.$ref)) : listed;
  if (described['x-file'] === true) return false;
  const types = [described.type].flat();
  return types.includes('array') || types.includes('object');
}
