import type { ExceptionView } from '../../shared/exceptions/exception-schemas.ts';

/** What the entity tag of an exception begins with. */
export const exceptionState = ({ revision }: ExceptionView): number => revision;
