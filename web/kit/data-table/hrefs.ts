import { type LinkProps, useLocation, useRouter } from '@tanstack/solid-router';
import { untrack } from 'solid-js';

/**
 * Addresses for the links of many rows. The router's own link takes longer to make than the rest of a row: it also knows
 * whether its page is open, and loads that page ahead.
 */
export function createHrefs(): (link: LinkProps) => string {
  const router = useRouter();
  // A link may keep what the address holds.
  const location = useLocation({ select: ({ href }) => href });
  return (link) => {
    location();
    return untrack(() => router.buildLocation(link as Parameters<typeof router.buildLocation>[0]).publicHref);
  };
}
