import { useQuery } from '@tanstack/solid-query';
import { type Accessor, createContext, useContext } from 'solid-js';
import type { Permission } from '../../shared/identity/roles.ts';
import { type Outputs, queries } from './trpc.ts';

export type Me = Outputs['me']['get'];

/** Who is signed in, for the tenant of the page. */
export const useMeQuery = () => useQuery(() => ({ ...queries.me.get(), staleTime: 5 * 60_000 }));

const MeContext = createContext<Accessor<Me | undefined>>(() => undefined);
export const MeProvider = MeContext.Provider;

/** Undefined until it is known. */
export const useMe = () => useContext(MeContext);

/** May the signed-in person do this? False until it is known; the server decides anyway. */
export function useCan(): (permission: Permission) => boolean {
  const me = useMe();
  return (permission) => me()?.permissions.includes(permission) ?? false;
}
