import { createResource, Show } from 'solid-js';
import { toApiError } from '../../api/api-error.ts';
import { setTenantSlug } from '../../api/tenant.ts';
import { api } from '../../api/trpc.ts';
import { ErrorState } from '../../kit/error-state.tsx';
import { lastTenant } from '../../shell/last-tenant.ts';

/**
 * Finds the tenant that a link without a tenant is about. It tries the person's tenants, the last used one first;
 * `find` throws `not_found` if it is not that tenant.
 */
export function FindTenant(props: {
  what: string;
  find: () => Promise<unknown>;
  onFound: (tenant: string) => unknown;
  onSignIn: () => unknown;
}) {
  const [failure, { refetch }] = createResource(async () => {
    try {
      setTenantSlug('');
      const { tenants, tenant } = await api.me.get.query();
      const before = lastTenant();
      const slugs = (tenants.length > 0 ? tenants : [tenant]).map((each) => each.slug);
      let missing: unknown = null;
      for (const slug of slugs.toSorted((a, b) => Number(b === before) - Number(a === before))) {
        setTenantSlug(slug);
        try {
          await props.find();
          await props.onFound(slug);
          return null;
        } catch (error) {
          if (toApiError(error).code !== 'not_found') throw error;
          missing = error;
        }
      }
      return missing;
    } catch (error) {
      if (toApiError(error).code !== 'unauthorized') return error;
      await props.onSignIn();
      return null;
    }
  });
  return (
    <main>
      <Show when={failure.state === 'ready' && failure()}>
        {(error) => <ErrorState error={error()} what={props.what} onRetry={() => void refetch()} />}
      </Show>
    </main>
  );
}
