import { z } from 'zod';

/**
 * A union of every variant of a registry. It is built at its first use, so that variants registered until then are
 * part of it.
 * @param discriminator the property that names the variant; an unknown one is reported there
 */
export function unionOf<Output, Input = Output>(
  discriminator: string,
  variants: () => z.ZodObject[],
): z.ZodType<Output, Input> {
  const union = z.lazy(() => {
    const [first, ...rest] = variants();
    if (!first) throw new Error(`No variant to choose from by "${discriminator}"`);
    return rest.length === 0 ? first : z.discriminatedUnion(discriminator, [first, ...rest]);
  });
  // The registry's own types say what the union of its schemas is.
  return union as unknown as z.ZodType<Output, Input>;
}
