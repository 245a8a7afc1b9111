import { createEffect, For, on, Show } from 'solid-js';
import { pointer } from '../../../../../shared/platform/json-pointer.ts';
import { isObject } from '../../../../../shared/platform/schema-properties.ts';
import { Button } from '../../../../kit/button.tsx';
import { SelectField, TextField } from '../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../kit/document-form/document-form.ts';
import { t } from '../../../../words/words.ts';
import type { AuthForm } from './auth-form.ts';
import { SecretBox, SecretInput } from './secret-field.tsx';

const maxPlaces = 4;

export const apiKeysForm: AuthForm = {
  label: t('Several API keys'),
  start: {
    places: [
      { in: 'header', name: 'x-api-key' },
      { in: 'header', name: 'x-app-key' },
    ],
  },
  Fields: () => {
    const form = useDocumentForm();
    const places = () => placesOf(form.at('/auth/places'));
    // What was typed for a place stays with it when the place gets another name.
    createEffect(
      on(
        () => places().map(({ name }) => name),
        (names, before = []) => {
          const keys = form.at('/auth/keys');
          if (!isObject(keys) || Object.keys(keys).every((key) => names.includes(key))) return;
          const kept = names.flatMap((name, index) => {
            const value = keys[name] ?? keys[before[index] ?? ''];
            return value === undefined ? [] : [[name, value] as const];
          });
          form.set('/auth/keys', Object.fromEntries(kept));
        },
        { defer: true },
      ),
    );
    return (
      <>
        <For each={places().map((_, index) => index)}>
          {(index) => (
            <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
              <SelectField
                pointer={`/auth/places/${index}/in`}
                label={t`Key ${index + 1} is sent in`}
                options={[
                  { value: 'header', label: t('Header') },
                  { value: 'query', label: t('Query parameter') },
                ]}
              />
              <TextField
                pointer={`/auth/places/${index}/name`}
                label={t`Name of the header or parameter of key ${index + 1}`}
                mono
                required
              />
            </div>
          )}
        </For>
        <div class="flex gap-2">
          <Show when={places().length < maxPlaces}>
            <Button onClick={() => form.set('/auth/places', [...places(), { in: 'header', name: '' }])}>
              {t('Add a key')}
            </Button>
          </Show>
          <Show when={places().length > 2}>
            <Button onClick={() => form.set('/auth/places', places().slice(0, -1))}>
              {t('Remove the last key')}
            </Button>
          </Show>
        </div>
        <ApiKeyInputs places={places()} />
      </>
    );
  },
};

interface KeyPlace {
  in: unknown;
  name: string;
}

/** The inputs of the keys themselves, each under the name of its place. */
export const ApiKeyInputs = (props: { places: readonly KeyPlace[] }) => (
  <SecretBox field="keys" label={t('Keys')} start={{}}>
    {(help) => (
      <For each={props.places.map(({ name }) => name).filter(Boolean)}>
        {(name) => <SecretInput pointer={pointer('/auth/keys', name)} label={name} help={help} required />}
      </For>
    )}
  </SecretBox>
);

/** The places in an auth block or in the settings of a template. */
export const placesOf = (value: unknown): KeyPlace[] =>
  (Array.isArray(value) ? value : []).flatMap((place) =>
    isObject(place) ? [{ in: place.in, name: typeof place.name === 'string' ? place.name : '' }] : [],
  );
