/** One operation of a document, as a draft of a tool. */
export interface ImportedOperation {
  /** Identifies it in the document, also when that is read again: `POST /v1/refunds`. */
  key: string;
  method: string | null;
  title: string;
  /** The name that the tool gets, unless another has it. */
  name: string;
  /** The names of its inputs. */
  inputs: string[];
  /** A tool definition without its connector; null: it cannot become a tool. */
  tool: Record<string, unknown> | null;
  /** What could not be taken over, for people. Of an operation without a tool: why not. */
  notes: string[];
}

/** What a document says about the system that it describes. */
export interface ImportedDocument {
  title: string;
  /** A connector definition without a name; `auth` is without a secret. Null: the tools have none. */
  connector: Record<string, unknown> | null;
  operations: Iterable<ImportedOperation>;
}

/** A document that cannot be read. `message` is for people. */
export class ImportProblem extends Error {}
