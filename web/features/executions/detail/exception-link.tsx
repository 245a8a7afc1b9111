import { Link } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { isUuid } from '../../../../shared/platform/ids.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { shortId } from '../../../kit/format.ts';
import { t } from '../../../words/words.ts';

/** A link to an execution's exception. An id from another system leads to the executions that share it. */
export function ExceptionLink(props: { id: string; tenant: string }) {
  const query = useQuery(() => ({
    ...queries.exceptions.get({ id: props.id }),
    enabled: isUuid(props.id),
    retry: false,
  }));
  return (
    <Show
      when={query.isSuccess && isUuid(props.id) && query.data}
      fallback={
        <Link
          to="/t/$tenant/executions"
          params={{ tenant: props.tenant }}
          search={{ exceptionId: props.id }}
          title={t('All executions of this exception')}
          class="block truncate text-accent hover:text-accent-hover"
        >
          {shortId(props.id)}
        </Link>
      }
    >
      {(exception) => (
        <Link
          to="/t/$tenant/exceptions/$exceptionId"
          params={{ tenant: props.tenant, exceptionId: props.id }}
          search={{}}
          class="text-accent hover:text-accent-hover"
        >
          {exceptionLabel(exception().number)} {exception().title}
        </Link>
      )}
    </Show>
  );
}
