import { Archive } from 'lucide-solid';
import type { ArchivedType } from '../../../shared/archived/archived-types.ts';
import { tenantSlug } from '../../api/tenant.ts';
import { t } from '../../words/words.ts';
import { ButtonLink } from '../button.tsx';

/** Leads to what was archived of a type. */
export const ArchivedLink = (props: { type: ArchivedType }) => (
  <ButtonLink
    variant="quiet"
    icon={Archive}
    to="/t/$tenant/archived"
    params={{ tenant: tenantSlug() }}
    search={{ type: props.type }}
  >
    {t('Archived')}
  </ButtonLink>
);
