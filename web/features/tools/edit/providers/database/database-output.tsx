import { NumberField } from '../../../../../kit/document-form/number-field.tsx';
import { rich, t } from '../../../../../words/words.ts';

/** How much of a result becomes the output. */
export function DatabaseOutputFields() {
  return (
    <>
      <p class="text-faint text-sm">{rich`The output has ${<code class="font-mono">rows</code>}, ${<code class="font-mono">rowCount</code>} and ${<code class="font-mono">truncated</code>}, which is true when there were more rows.`}</p>
      <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
        <NumberField pointer="/config/maxRows" label={t('Maximum rows')} placeholder="100" />
        <NumberField
          pointer="/config/maxResponseBytes"
          label={t('Maximum size')}
          unit="kB"
          scale={1024}
          placeholder="1024"
        />
      </div>
    </>
  );
}
