/** Where the API's routes begin: a proxy sends these to it, and everything else to whoever serves the pages. */
export const apiPaths = ['/api', '/trpc', '/hooks', '/mcp', '/oauth', '/.well-known'] as const;
