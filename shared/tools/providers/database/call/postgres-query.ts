import type { Connection, Submittable } from 'pg';

/** What a statement returned: texts as PostgreSQL writes them. */
interface PostgresResult {
  fields: { name: string; type: number }[];
  rows: (string | null)[][];
  /** From the command tag, such as `UPDATE 3`. */
  affected: number;
}

/** The statement copies rows to or from the client. */
export class CopyRefused extends Error {}

/**
 * One statement of the extended protocol, which takes no second one. Of a statement that only reads, the server sends
 * `maxRows` rows at most; one that writes runs to its end, and further rows are dropped.
 */
export class PostgresQuery implements Submittable {
  readonly result: Promise<PostgresResult>;
  readonly #settle = Promise.withResolvers<PostgresResult>();
  readonly #statement: string;
  readonly #values: (string | null)[];
  readonly #maxRows: number;
  readonly #toTheEnd: boolean;
  #read: PostgresResult = { fields: [], rows: [], affected: 0 };
  #copied = false;

  constructor(statement: string, values: (string | null)[], limits: { maxRows: number; toTheEnd: boolean }) {
    this.#statement = statement;
    this.#values = values;
    this.#maxRows = limits.maxRows;
    this.#toTheEnd = limits.toTheEnd;
    this.result = this.#settle.promise;
    // It may fail before someone waits.
    this.result.catch(() => {});
  }

  submit(connection: Connection): void {
    connection.parse({ name: '', text: this.#statement, types: [] }, true);
    connection.bind({ values: this.#values }, true);
    connection.describe({ type: 'P', name: '' }, true);
    connection.execute(this.#toTheEnd ? {} : { rows: String(this.#maxRows) }, true);
    connection.sync();
  }

  handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }): void {
    this.#read.fields = fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }));
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    if (this.#read.rows.length < this.#maxRows) this.#read.rows.push(fields);
  }

  handlePortalSuspended(): void {
    // There are more rows, which are not asked for.
  }

  handleCommandComplete({ text }: { text: string }): void {
    const count = / (\d+)$/.exec(text)?.[1];
    this.#read.affected = count === undefined ? 0 : Number(count);
  }

  handleEmptyQuery(): void {
    // An empty statement returns nothing.
  }

  handleReadyForQuery(): void {
    if (this.#copied) this.#settle.reject(new CopyRefused());
    else this.#settle.resolve(this.#read);
  }

  handleError(error: Error): void {
    this.#settle.reject(error);
  }

  handleCopyInResponse(connection: Connection & { sendCopyFail(message: string): void }): void {
    this.#copied = true;
    connection.sendCopyFail('A tool has nothing to copy');
  }

  handleCopyData(): void {
    this.#copied = true;
  }
}
