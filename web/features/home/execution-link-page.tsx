import { useLocation, useNavigate, useParams } from '@tanstack/solid-router';
import { api } from '../../api/trpc.ts';
import { t } from '../../words/words.ts';
import { FindTenant } from './find-tenant.tsx';

/** `/executions/<id>`, the link in Temporal Web. */
export default function ExecutionLinkPage() {
  const params = useParams({ from: '/executions/$id' });
  const navigate = useNavigate();
  const location = useLocation();
  return (
    <FindTenant
      what={t('The execution could not be found')}
      find={() => api.executions.get.query({ id: params().id })}
      onFound={(tenant) =>
        navigate({
          to: '/t/$tenant/executions/$executionId',
          params: { tenant, executionId: params().id },
          replace: true,
        })
      }
      onSignIn={() => navigate({ to: '/sign-in', search: { to: location().href }, replace: true })}
    />
  );
}
