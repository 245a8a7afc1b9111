import { v7 as uuidv7 } from 'uuid';
import { tell } from '../../events/server/tell.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { type AnyAuth, withoutSecret } from '../../tools/auth/registry.ts';
import { insertCredential } from '../../tools/db/credentials.ts';
import type { StoredCredential } from '../db/organization.ts';
import type { MissingCredential } from '../file-schemas.ts';
import type { FilesContext } from './files-context.ts';

/** A use of a credential by a file. */
export interface CredentialUse {
  file: string;
  name: string;
  /** Without a secret. */
  auth: AnyAuth;
  /** `host:port` of every place that gets the secret. */
  hosts: readonly string[];
  /** The credential that the definition has now. */
  currentId: string | undefined;
}

interface Wanted {
  id: string;
  name: string;
  auth: AnyAuth;
  hosts: Set<string>;
  usedBy: Set<string>;
  isNew: boolean;
}

/** The credentials that files name: those of the organization, or empty ones that are created with the files. */
export class CredentialPlan {
  private readonly stored: readonly StoredCredential[];
  private readonly wanted = new Map<string, Wanted>();

  constructor(stored: readonly StoredCredential[]) {
    this.stored = stored;
  }

  /** The id of the credential with this name for this kind of auth. */
  idOf({ file, name, auth, hosts, currentId }: CredentialUse): string {
    const known = this.stored.filter(
      (each) => each.name === name && each.auth_type === auth.type && !each.archived,
    );
    const found =
      known.find(({ id }) => id === currentId) ??
      known.find(({ allowed_hosts: allowed }) => hosts.every((host) => allowed.includes(host))) ??
      known[0];
    if (found && !found.empty) return found.id;
    const key = found?.id ?? `${auth.type} ${name}`;
    const wanted: Wanted = this.wanted.get(key) ?? {
      id: found?.id ?? uuidv7(),
      name,
      auth,
      hosts: new Set(found?.allowed_hosts ?? []),
      usedBy: new Set(),
      isNew: found === undefined,
    };
    if (wanted.isNew) for (const host of hosts) wanted.hosts.add(host);
    wanted.usedBy.add(file);
    this.wanted.set(key, wanted);
    return wanted.id;
  }

  /** The name of one that is created. */
  nameOf(id: string): string | undefined {
    return [...this.wanted.values()].find((each) => each.id === id)?.name;
  }

  /** Those without a secret. @param created whether the new ones are there now */
  missing(created: boolean): MissingCredential[] {
    return [...this.wanted.values()].map(({ id, name, auth, hosts, usedBy, isNew }) => ({
      id: isNew && !created ? null : id,
      name,
      authType: auth.type,
      hosts: [...hosts],
      usedBy: [...usedBy],
    }));
  }

  /** Creates the new ones, in the transaction of the files. */
  async write(connection: TenantConnection, context: FilesContext): Promise<void> {
    for (const { id, name, auth, hosts, isNew } of this.wanted.values()) {
      if (!isNew) continue;
      const allowedHosts = [...hosts];
      await insertCredential(connection, {
        id,
        ownerId: connection.tenantId,
        name,
        auth_type: auth.type,
        settings: withoutSecret(auth),
        allowed_hosts: allowedHosts,
        // The secret is entered later; until then it does not open.
        sealed: Buffer.alloc(0),
        actor: context.identity.actor,
      });
      await tell(connection, context, {
        type: 'CredentialCreated',
        subjectType: 'credential',
        subjectId: id,
        data: { name, authType: auth.type, allowedHosts },
      });
    }
  }
}
