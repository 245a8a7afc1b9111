import { hasRole, type MemberRole } from '../../identity/roles.ts';
import type { Member } from '../../identity/server/members.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { countUnresolved } from '../db/rules.ts';

/** Those who hold the role itself; where no one does, those with a role that includes it. */
export function membersWith(members: readonly Member[], role: MemberRole): Member[] {
  const direct = members.filter(({ roles }) => roles.includes(role));
  return direct.length > 0 ? direct : members.filter(({ roles }) => hasRole(roles, role));
}

/** The one with the fewest unresolved exceptions; the first by name among equals. */
export async function chooseMember(
  connection: TenantConnection,
  members: readonly [Member, ...Member[]],
): Promise<Member> {
  const counts = await countUnresolved(
    connection,
    members.map(({ id }) => id),
  );
  const load = ({ id }: Member) => counts.get(id) ?? 0;
  return members.reduce((least, member) => (load(member) < load(least) ? member : least));
}
