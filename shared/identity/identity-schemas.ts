import { z } from 'zod';

export const actorSchema = z.object({
  type: z.enum(['user', 'api_key', 'system']),
  id: z.string(),
  name: z.string(),
});

export const meSchema = z.object({
  actor: actorSchema,
  email: z.string().nullable(),
  tenant: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  roles: z.array(z.string()),
  permissions: z.array(z.string()),
  tenants: z.array(
    z.object({ id: z.string(), slug: z.string(), name: z.string(), roles: z.array(z.string()) }),
  ),
  temporalUiUrl: z.string().nullable(),
});

export const memberSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
});
