import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { toErrorShape, toInterlockError } from '../error-shape.ts';

/** An error as callers get it: a code of ours, and nothing internal. */
export function shownError(error: Error, requestId: string, log: Pick<Logger, 'error'>): GraphQLError {
  const known = knownError(error);
  if (known.cause && (known.code === 'internal' || known.code === 'unavailable'))
    log.error({ err: known.cause }, known.message);
  const { message, ...extensions } = toErrorShape(known, requestId);
  const { nodes, source, positions, path } = error instanceof GraphQLError ? error : {};
  return new GraphQLError(message, {
    extensions: {
      ...extensions,
      ...(known.retryAfterSeconds !== undefined && { retryAfterSeconds: known.retryAfterSeconds }),
    },
    nodes,
    source,
    positions,
    path,
  });
}

function knownError(error: Error): InterlockError {
  if (!(error instanceof GraphQLError))
    return error instanceof InterlockError ? error : new InterlockError('bad_request', error.message);
  const { path, message } = error;
  const cause = causeOf(error);
  if (cause) return toInterlockError(cause);
  // Of a value that does not fit the schema: our mistake. Before that, it is the document that does not.
  return path === undefined ? new InterlockError('bad_request', message) : toInterlockError(error);
}

/** What was thrown; null of an error about the document itself. */
export const causeOf = ({ cause, originalError }: GraphQLError): Error | null =>
  cause instanceof Error ? cause : (originalError ?? null);
