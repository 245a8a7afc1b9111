/** What describes a server; both may be there. */
export interface ProtoSource {
  descriptors?: string | undefined;
  proto?: string | undefined;
}

/** The documents cannot be read; `message` is for people, `field` says which one. */
export class ProtoError extends Error {
  readonly field: keyof ProtoSource;

  constructor(field: keyof ProtoSource, message: string) {
    super(message);
    this.field = field;
  }
}
