import { keepPreviousData } from '@tanstack/solid-query';
import { createSignal } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { t } from '../../../words/words.ts';
import { Picker } from './picker.tsx';

export interface ChosenException {
  id: string;
  words: string;
}

/** Chooses an exception by its number or by words of its title. */
export function ExceptionPicker(props: {
  id: string;
  'aria-describedby'?: string | undefined;
  chosen: ChosenException | null;
  onChoose: (exception: ChosenException | null) => void;
}) {
  const [search, setSearch] = createSignal('');
  const query = useQuery(() => ({
    ...queries.exceptions.list({ q: search() || undefined, limit: 8 }),
    placeholderData: keepPreviousData,
  }));
  const options = () =>
    (query.isSuccess ? query.data.items : []).map(({ id, number, title, domain }) => ({
      value: id,
      label: `${exceptionLabel(number)} ${title}`,
      detail: domain,
    }));
  return (
    <Picker
      {...props}
      label={t('Exceptions')}
      text={props.chosen?.words ?? ''}
      options={options()}
      loading={query.isFetching}
      placeholder={t('EX-42, or words of the title')}
      onSearch={setSearch}
      onChoose={(option) => props.onChoose(option && { id: option.value, words: option.label })}
    />
  );
}
