import { Show } from 'solid-js';
import { SelectField, SwitchField, TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../../kit/document-form/document-form.ts';
import { NumberField } from '../../../../../kit/document-form/number-field.tsx';
import { t } from '../../../../../words/words.ts';
import { HttpPages } from './http-pages.tsx';

/** How the response becomes the output. */
export function HttpOutput() {
  const form = useDocumentForm();
  const streams = () => form.text('/config/stream') !== '';
  return (
    <>
      <TextField
        pointer="/config/transform"
        label={t('JSONata transform')}
        mono
        rows={3}
        placeholder={'{ "refundId": body.id, "state": $lowercase(body.state) }'}
        help={t('Can use status, headers and body of the response. Without it the output is the body.')}
      />
      <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
        <SelectField
          pointer="/config/responseType"
          label={t('Response type')}
          otherwise="auto"
          options={[
            { value: 'auto', label: t('From the content type') },
            { value: 'json', label: t('JSON') },
            { value: 'text', label: t('Text') },
            { value: 'xml', label: t('XML, as JSON') },
            { value: 'binary', label: t('Binary (base64)') },
            { value: 'file', label: t('File, to download') },
          ]}
        />
        <NumberField
          pointer="/config/maxResponseBytes"
          label={t('Maximum response size')}
          unit="kB"
          scale={1024}
          placeholder="1024"
        />
      </div>
      <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
        <SelectField
          pointer="/config/stream"
          label={t('Show while it comes')}
          help={t('For responses that are sent in parts. The output is stored when it is complete.')}
          otherwise=""
          options={[
            { value: '', label: t('No') },
            { value: 'auto', label: t('If its content type is a stream') },
            { value: 'sse', label: t('Server-sent events') },
            { value: 'ndjson', label: t('JSON lines') },
            { value: 'text', label: t('Text') },
          ]}
        />
        <Show when={streams()}>
          <NumberField
            pointer="/config/streamIdleMs"
            label={t('Longest silence')}
            unit="s"
            scale={1000}
            placeholder="30"
          />
        </Show>
      </div>
      <HttpPages />
      <SwitchField
        pointer="/config/followRedirects"
        label={t('Follow redirects')}
        help={t('Only to the same host, and each one is checked. When disabled, a redirect is a failure.')}
      />
    </>
  );
}
