import { registerHooks } from 'node:module';

/** TypeScript 7 has no API that JavaScript can call yet; for `openapi-typescript`, this is the one before it. */
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === 'typescript' ? '@ts-morph/common/dist/typescript.js' : specifier, context),
});
