import { readFile } from 'node:fs/promises';
import { errorMessage } from '../../shared/platform/error-message.ts';
import { readJson } from '../../shared/platform/read-json.ts';
import { isObject } from '../../shared/platform/schema-properties.ts';
import { UsageError } from './output.ts';
import type { Terminal } from './terminal.ts';

export interface InputOptions {
  /** `key=value`, each of them. */
  input?: string[];
  /** JSON; `-` reads the standard input, `@file` a file. */
  payload?: string;
}

/**
 * The input of a tool: a payload, and single fields that replace those in it.
 * @param schema of the input: a field that takes a text gets the text as it is
 * @throws UsageError
 */
export async function readInput(
  terminal: Terminal,
  { input = [], payload }: InputOptions,
  schema: unknown,
): Promise<Record<string, unknown>> {
  const whole = payload === undefined ? {} : await readObject(terminal, payload, 'The payload');
  const properties = isObject(schema) && isObject(schema.properties) ? schema.properties : {};
  const fields = input.map((each): [string, unknown] => {
    const at = each.indexOf('=');
    if (at < 1) throw new UsageError(`${each} is no input. It has the form key=value.`);
    const [key, value] = [each.slice(0, at), each.slice(at + 1)];
    return [key, fieldOf(value, properties[key])];
  });
  return { ...whole, ...Object.fromEntries(fields) };
}

/**
 * An object as JSON; `-` reads the standard input, `@file` a file.
 * @throws UsageError
 */
export async function readObject(
  terminal: Terminal,
  json: string,
  what: string,
): Promise<Record<string, unknown>> {
  const read = parsed(await textOf(terminal, json), what);
  if (!isObject(read)) throw new UsageError(`${what} is no JSON object.`);
  return read;
}

async function textOf(terminal: Terminal, payload: string): Promise<string> {
  if (payload === '-') return terminal.readAll();
  if (!payload.startsWith('@')) return payload;
  const file = payload.slice(1);
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read. ${errorMessage(error)}`);
  });
}

function parsed(json: string, what: string): unknown {
  try {
    return readJson(json);
  } catch (error) {
    throw new UsageError(`${what} is not valid JSON: ${errorMessage(error)}.`);
  }
}

function fieldOf(value: string, schema: unknown): unknown {
  const types = isObject(schema) ? [schema.type].flat() : [];
  if (types.includes('string')) return value;
  try {
    return readJson(value);
  } catch {
    return value;
  }
}
