import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** What the provider documents of a call, kept beside the template. */
const factSchema = z.strictObject({
  method: z.string(),
  host: z.string(),
  /** `{}` stands for what a call puts there. */
  path: z.string(),
  query: z.array(z.string()).optional(),
  body: z.strictObject({ required: z.array(z.string()), documented: z.array(z.string()) }).optional(),
  contentType: z.string().optional(),
  headers: z.array(z.string()).optional(),
  safe: z.enum(['method', 'key', 'reads', 'same', 'no']),
  source: z.string().optional(),
  /** The document that `npm run check:templates` found it to agree with: its title and version. */
  checked: z.string().optional(),
  /** Why a difference from that document is right. */
  differs: z.string().optional(),
});

const factsSchema = z.strictObject({ source: z.string().min(1), calls: z.record(z.string(), factSchema) });

export const factsFile = (service: string): URL =>
  new URL(`../../shared/templates/services/${service.replaceAll('_', '-')}.facts.json`, import.meta.url);

/** The facts beside the templates of a service. */
export const readFacts = async (service: string): Promise<z.infer<typeof factsSchema>> =>
  factsSchema.parse(JSON.parse(await readFile(factsFile(service), 'utf8')));
