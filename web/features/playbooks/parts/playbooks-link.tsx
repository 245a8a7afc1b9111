import { Link } from '@tanstack/solid-router';
import { t } from '../../../words/words.ts';

/** Back to the list. */
export const PlaybooksLink = (props: { tenant: string }) => (
  <Link to="/t/$tenant/playbooks" params={{ tenant: props.tenant }} search={{}} class="hover:text-text">
    {t('Playbooks')}
  </Link>
);
