import { Link } from '@tanstack/solid-router';
import { t } from '../../../words/words.ts';

/** Back to the list. */
export const ToolsLink = (props: { tenant: string }) => (
  <Link to="/t/$tenant/tools" params={{ tenant: props.tenant }} search={{}} class="hover:text-text">
    {t('Tools')}
  </Link>
);
