import { useLocation, useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { api } from '../../api/trpc.ts';
import { t } from '../../words/words.ts';
import { FindTenant } from './find-tenant.tsx';

/** `/playbook-runs/<id>?step=…`, the link in Temporal Web. It only opens the step. */
export default function RunLinkPage() {
  const params = useParams({ from: '/playbook-runs/$id' });
  const search = useSearch({ from: '/playbook-runs/$id' });
  const navigate = useNavigate();
  const location = useLocation();
  return (
    <FindTenant
      what={t('The run could not be found')}
      find={() => api.runs.get.query({ id: params().id })}
      onFound={(tenant) =>
        navigate({
          to: '/t/$tenant/playbook-runs/$runId',
          params: { tenant, runId: params().id },
          search: search(),
          replace: true,
        })
      }
      onSignIn={() => navigate({ to: '/sign-in', search: { to: location().href }, replace: true })}
    />
  );
}
