import { z } from 'zod';
import { type Role, roles } from '../../roles.ts';

/** Who of a group may do what, and where. */
export interface GroupRoles {
  group: string;
  /** Slug of the organization. */
  tenant: string;
  roles: Role[];
}

/** Single sign-on by OpenID Connect. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** On the sign-in page: "Sign in with <name>". */
  name: string;
  /** The claim of the user info that lists the groups of a person. */
  groupsClaim: string;
  scopes: string[];
  groups: GroupRoles[];
  /** How often the provider is asked whether a person who is signed in still belongs to their groups. */
  recheckMs: number;
}

const groupsSchema = z
  .array(
    z.strictObject({
      group: z.string().min(1),
      tenant: z.string().min(1),
      roles: z.array(z.enum(roles).exclude(['platform_admin'])).min(1),
    }),
  )
  .min(1);

/** What the environment says about single sign-on. */
export interface OidcEnvironment {
  INTERLOCK_OIDC_ISSUER?: string | undefined;
  INTERLOCK_OIDC_CLIENT_ID?: string | undefined;
  INTERLOCK_OIDC_CLIENT_SECRET?: string | undefined;
  INTERLOCK_OIDC_NAME: string;
  INTERLOCK_OIDC_GROUPS_CLAIM: string;
  INTERLOCK_OIDC_SCOPES: string;
  INTERLOCK_OIDC_ROLES?: string | undefined;
  INTERLOCK_OIDC_RECHECK_SECONDS: number;
}

/**
 * Null: no single sign-on.
 * @throws Error that names what is missing or malformed
 */
export function oidcSettings(environment: OidcEnvironment): OidcSettings | null {
  const {
    INTERLOCK_OIDC_ISSUER: issuer,
    INTERLOCK_OIDC_CLIENT_ID: clientId,
    INTERLOCK_OIDC_CLIENT_SECRET: clientSecret,
    INTERLOCK_OIDC_ROLES: groups,
  } = environment;
  if (issuer === undefined) return null;
  if (clientId === undefined || clientSecret === undefined || groups === undefined)
    throw new Error(
      'Invalid environment:\n  INTERLOCK_OIDC_CLIENT_ID, INTERLOCK_OIDC_CLIENT_SECRET, INTERLOCK_OIDC_ROLES: single sign-on needs all of them (docs/operations.md, "Single sign-on")',
    );
  return {
    issuer,
    clientId,
    clientSecret,
    name: environment.INTERLOCK_OIDC_NAME,
    groupsClaim: environment.INTERLOCK_OIDC_GROUPS_CLAIM,
    scopes: environment.INTERLOCK_OIDC_SCOPES.split(/\s+/).filter(Boolean),
    groups: readGroups(groups),
    recheckMs: environment.INTERLOCK_OIDC_RECHECK_SECONDS * 1000,
  };
}

function readGroups(text: string): GroupRoles[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error('Invalid environment:\n  INTERLOCK_OIDC_ROLES: is not JSON');
  }
  const parsed = groupsSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`Invalid environment:\n  INTERLOCK_OIDC_ROLES: ${issue?.path.join('.')} ${issue?.message}`);
}
