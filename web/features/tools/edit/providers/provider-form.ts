import type { Component } from 'solid-js';

/** How the editor shows one tool type. */
export interface ProviderForm {
  label: string;
  /** The heading of the section for its config. */
  title: string;
  lead: string;
  Config: Component;
  /** Fields of the config that shape the output. */
  Output?: Component;
  /** Fields that only make sense for this type, among the limits. */
  Limits?: Component;
}
