import { z } from 'zod';
import {
  type AnyAuth,
  type Auth,
  type AuthType,
  type authDefinitions,
  everyAuthDefinition,
  withoutSecret,
} from './registry.ts';

type SecretField = (typeof authDefinitions)[AuthType]['secretField'];
type FieldsOf<A> = A extends unknown ? keyof A : never;
type ValueOf<A, F> = A extends unknown ? (F extends keyof A ? A[F] : never) : never;

/** Auth as it is shown: never a secret, only whether one is set. The fields of a kind are absent on the others. */
export type AuthView = { type: AuthType; hasSecret: boolean } & {
  [F in Exclude<FieldsOf<Auth>, 'type' | SecretField>]?: ValueOf<Auth, F>;
};

export const authViewSchema = z.lazy(() => {
  const kinds = everyAuthDefinition();
  const fields = new Map<string, z.core.$ZodType[]>();
  for (const [, { schema, secretField }] of kinds) {
    for (const [name, field] of Object.entries(schema.shape)) {
      if (name === 'type' || name === 'credentialId' || name === secretField) continue;
      const [known, own] = [fields.get(name) ?? [], bare(field)];
      // What several kinds have alike is there once.
      if (!known.some((each) => isAlike(each, own))) fields.set(name, [...known, own]);
    }
  }
  const shown = [...fields].map(([name, [first, ...rest]]) => [
    name,
    z.optional(rest.length === 0 ? first! : z.union([first!, ...rest])),
  ]);
  return z.object({
    type: z.enum(kinds.map(([type]) => type)),
    ...Object.fromEntries(shown),
    credentialId: z.string().optional(),
    hasSecret: z.boolean(),
  });
}) as unknown as z.ZodType<AuthView>;

export function authView(auth: AnyAuth): AuthView {
  return { ...withoutSecret(auth), hasSecret: auth.credentialId !== undefined } as AuthView;
}

/** The auth block that a view shows, without a credential. */
export function withoutView({ hasSecret: _shown, credentialId: _id, ...auth }: AuthView): AnyAuth {
  return auth;
}

const isAlike = (one: z.core.$ZodType, other: z.core.$ZodType): boolean =>
  JSON.stringify(z.toJSONSchema(one)) === JSON.stringify(z.toJSONSchema(other));

function bare(field: z.core.$ZodType): z.core.$ZodType {
  return field instanceof z.ZodOptional || field instanceof z.ZodDefault ? field.unwrap() : field;
}
