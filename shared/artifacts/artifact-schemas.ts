import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import { storableText } from '../platform/storable-text.ts';

/** Of one file, in bytes. */
export const maxArtifactBytes = 16_777_216;

const mediaType = /^[\w!#$&^.+-]{1,64}\/[\w!#$&^.+-]{1,127}$/;
export const contentTypeSchema = z
  .string()
  .regex(mediaType, 'must be a media type without parameters, such as application/pdf');

export const artifactNameSchema = storableText
  .min(1)
  .max(200)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  .regex(/^[^/\\\u0000-\u001f\u007f]+$/, 'must not contain slashes or control characters');

/** What a payload says about a file: which one, and everything about it that a preview shows. */
export const artifactReferenceSchema = z.strictObject({
  artifact: z.uuid().describe('Its id'),
  name: artifactNameSchema,
  contentType: contentTypeSchema,
  bytes: z.int().min(0).max(maxArtifactBytes),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits in lower case'),
});
export type ArtifactReference = z.output<typeof artifactReferenceSchema>;

export const newArtifactSchema = z.strictObject({
  name: artifactNameSchema.default('file'),
  contentType: contentTypeSchema.default('application/octet-stream'),
  data: z
    .string()
    .max(Math.ceil(maxArtifactBytes / 3) * 4 + 4)
    .describe('Its bytes, in base64'),
});
export type NewArtifact = z.output<typeof newArtifactSchema>;

export const artifactSchema = z.object({
  id: z.string(),
  name: z.string(),
  contentType: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  createdBy: actorSchema,
  createdAt: z.string(),
  reference: artifactReferenceSchema.describe('What a payload holds to send this file'),
});
export type Artifact = z.output<typeof artifactSchema>;

/** The JSON Schema of an input that is a file; forms know it by `x-file`. */
export const fileInputSchema = {
  type: 'object',
  'x-file': true,
  properties: {
    artifact: { type: 'string' },
    name: { type: 'string' },
    contentType: { type: 'string' },
    bytes: { type: 'integer' },
    sha256: { type: 'string' },
  },
  required: ['artifact', 'name', 'contentType', 'bytes', 'sha256'],
  additionalProperties: false,
} as const;
