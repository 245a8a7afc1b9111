import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { redactionMark } from '../redaction/redaction-mark.ts';
import { redactPatterns } from '../redaction/redaction-patterns.ts';
import { scopeFields } from './work-scope.ts';

/**
 * Structured logs, to standard output by default, without the fields that may hold a secret. Each line names the request,
 * execution, run and trace that it belongs to.
 */
export function createLogger(
  level: string,
  bindings: Record<string, unknown> = {},
  destination?: DestinationStream,
): Logger {
  const options: LoggerOptions = {
    level,
    base: bindings,
    mixin: scopeFields,
    redact: {
      paths: [
        'req.headers.authorization',
        'req.headers.cookie',
        'res.headers["set-cookie"]',
        '*.password',
        '*.token',
        '*.secret',
        '*.clientSecret',
        '*.value',
        '*.payload',
        '*.input',
        '*.output',
      ],
      censor: redactionMark,
    },
    serializers: {
      err: (error: unknown) => loggedError(error),
      req: (request: { id: string; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        // The query may hold anything that a person typed.
        path: request.url.split('?')[0],
      }),
    },
    hooks: { streamWrite: withoutKnownFormats },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Secrets of a known format, whatever field they are in. */
function withoutKnownFormats(line: string): string {
  const clean = redactPatterns(line, redactionMark);
  // A private key without an end extends to the end of the line.
  return clean.endsWith('}\n') ? clean : `{"level":50,"msg":"${redactionMark}"}\n`;
}

const deepestCause = 5;

/**
 * What is known of an error, and nothing that it quotes: errors of PostgreSQL carry the row that was refused (`detail`,
 * `where`), those of libraries their statements and responses.
 */
function loggedError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const { code, constraint, table, kind }: Record<string, unknown> = { ...error };
  const inner = cause !== undefined && depth < deepestCause ? { cause: loggedError(cause, depth + 1) } : {};
  return {
    type: error.constructor.name || name,
    message,
    stack,
    ...scalars({ code, constraint, table, kind }),
    ...inner,
  };
}

function scalars(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => typeof value === 'string' || typeof value === 'number'),
  );
}
