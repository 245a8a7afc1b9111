import { type Accessor, createContext, useContext } from 'solid-js';
import type { Permission } from '../../shared/identity/roles.ts';
import { useQuery } from './query.ts';
import { type Outputs, queries } from './trpc.ts';

export type Me = Outputs['me']['get'];

/** The signed-in person and their roles in the page's tenant. */
export const useMeQuery = () => useQuery(() => ({ ...queries.me.get(), staleTime: 5 * 60_000 }));

const MeContext = createContext<Accessor<Me | undefined>>(() => undefined);
export const MeProvider = MeContext.Provider;

/** Undefined until it has loaded. */
export const useMe = () => useContext(MeContext);

/** Does the signed-in person have a permission? False until it has loaded. The server checks every call. */
export function useCan(): (permission: Permission) => boolean {
  const me = useMe();
  return (permission) => me()?.permissions.includes(permission) ?? false;
}
