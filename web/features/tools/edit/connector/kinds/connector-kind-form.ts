import type { Component } from 'solid-js';

/** How the editor shows one kind of connector. */
export interface ConnectorKindForm {
  label: string;
  /** The fields of its own, as they start. */
  start: Record<string, unknown>;
  Fields: Component;
}
