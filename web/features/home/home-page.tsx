import { useNavigate } from '@tanstack/solid-router';
import { createResource, onMount, Show } from 'solid-js';
import { toApiError } from '../../api/api-error.ts';
import { setTenantSlug } from '../../api/tenant.ts';
import { api } from '../../api/trpc.ts';
import { ErrorState } from '../../kit/error-state.tsx';
import { lastTenant } from '../../shell/last-tenant.ts';
import { t } from '../../words/words.ts';

/** `/`: leads to the tenant used last, else to the person's first tenant. */
export default function HomePage() {
  const navigate = useNavigate();
  const [failure, { refetch }] = createResource(async () => {
    const before = lastTenant();
    try {
      setTenantSlug('');
      const me = await api.me.get.query();
      const tenant = me.tenants.find((each) => each.slug === before) ?? me.tenants[0] ?? me.tenant;
      await navigate({ to: '/t/$tenant/home', params: { tenant: tenant.slug }, search: {}, replace: true });
      return null;
    } catch (error) {
      if (toApiError(error).code !== 'unauthorized') return error;
      await navigate({ to: '/sign-in', search: {}, replace: true });
      return null;
    }
  });
  onMount(() => {
    document.title = 'Interlock';
  });
  return (
    <main>
      <Show when={failure.state === 'ready' && failure()}>
        {(error) => (
          <ErrorState
            error={error()}
            what={t('Your organizations could not be loaded')}
            onRetry={() => void refetch()}
          />
        )}
      </Show>
    </main>
  );
}
