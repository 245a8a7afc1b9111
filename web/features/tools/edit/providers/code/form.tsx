import type { CodeLanguage } from '../../../../../../shared/tools/providers/code/config.ts';
import { CodeEditor } from '../../../../../kit/code-editor/code-editor.tsx';
import { Bound, SelectField } from '../../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../../kit/document-form/document-form.ts';
import { NumberField } from '../../../../../kit/document-form/number-field.tsx';
import { t } from '../../../../../words/words.ts';
import { languageWords } from '../../../parts/code-words.ts';
import type { ProviderForm } from '../provider-form.ts';
import { starters } from './starters.ts';

export const codeForm: ProviderForm = {
  label: t('Code: runs a function'),
  title: t('Code'),
  lead: t('A function main(input) that returns the output. It runs alone: no network, no files, no secrets.'),
  Config: CodeConfig,
};

function CodeConfig() {
  const form = useDocumentForm();
  const language = (): CodeLanguage => {
    const value = form.text('/config/language');
    return value in starters ? (value as CodeLanguage) : 'javascript';
  };
  /** What nobody has written yet becomes the same in the other language. */
  const setLanguage = (next: string) => {
    const untouched = form.text('/config/source') === starters[language()];
    form.set('/config/language', next);
    if (untouched) form.set('/config/source', starters[next as CodeLanguage]);
  };
  const problem = () => {
    const message = form.error('/config/source');
    const [, line, column, text] = /^Line (\d+), column (\d+): ([\s\S]*)$/.exec(message ?? '') ?? [];
    return text === undefined ? null : { line: Number(line), column: Number(column), message: text };
  };
  return (
    <>
      <div class="max-w-60">
        <SelectField
          pointer="/config/language"
          label={t('Language')}
          value={language()}
          options={Object.entries(languageWords).map(([value, label]) => ({ value, label }))}
          onChange={setLanguage}
        />
      </div>
      <Bound pointer="/config/source" label={t('Source')} required>
        {(input) => (
          <CodeEditor
            text={form.text('/config/source')}
            onChange={(text) => form.set('/config/source', text)}
            language={language()}
            label={t('Source')}
            describedBy={input['aria-describedby']}
            problem={problem()}
            height="300px"
          />
        )}
      </Bound>
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <NumberField
          pointer="/config/timeLimitMs"
          label={t('CPU time of an attempt')}
          unit="s"
          scale={1000}
          placeholder="1"
        />
        <NumberField pointer="/config/memoryMb" label={t('Memory')} unit="MB" placeholder="64" />
        <NumberField
          pointer="/config/maxOutputBytes"
          label={t('Output, at most')}
          unit="kB"
          scale={1024}
          placeholder="1024"
        />
        <NumberField
          pointer="/config/maxLogBytes"
          label={t('Log, at most')}
          unit="kB"
          scale={1024}
          placeholder="16"
        />
      </div>
    </>
  );
}
