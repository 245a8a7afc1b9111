import { Link } from '@tanstack/solid-router';
import { t } from '../../../words/words.ts';

/** Back to the list. */
export const ConnectorsLink = (props: { tenant: string }) => (
  <Link to="/t/$tenant/connectors" params={{ tenant: props.tenant }} search={{}} class="hover:text-text">
    {t('Connectors')}
  </Link>
);
