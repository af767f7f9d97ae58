/** Structured output: which schemas the API can hold a model to, and whether an answer keeps to one. */
import { Ajv } from 'ajv';
import { invalid } from '../server/refusal.ts';

/** From the API's documentation of structured outputs: what a schema may not say. */
const unsupported = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'maxItems',
  'uniqueItems',
];

/** @throws {Refusal} 400 for a schema the API cannot enforce. */
export function checkFormat(schema: unknown, where = 'output_config.format.schema'): void {
  if (typeof schema !== 'object' || schema === null) return;
  if (Array.isArray(schema)) {
    for (const inner of schema) checkFormat(inner, where);
    return;
  }
  if ('type' in schema && schema.type === 'object')
    if (!('additionalProperties' in schema) || schema.additionalProperties !== false)
      throw invalid(`${where}: For 'object' type, 'additionalProperties' must be explicitly set to false`);
  for (const [key, inner] of Object.entries(schema)) {
    if (unsupported.includes(key) && 'type' in schema)
      throw invalid(`${where}: For '${String(schema.type)}' type, property '${key}' is not supported`);
    // What stands under these are names of the caller's own, not words of the schema.
    if (key === 'properties' || key === '$defs' || key === 'definitions')
      for (const named of Object.values(inner as object)) checkFormat(named, where);
    else checkFormat(inner, where);
  }
}

/** @returns how a value departs from a schema; undefined when it does not. */
export function departure(schema: Readonly<Record<string, unknown>>, value: unknown): string | undefined {
  const { $schema, ...rest } = schema;
  const key = JSON.stringify(rest);
  const validate = compiled.get(key) ?? ajv.compile(rest);
  compiled.set(key, validate);
  return validate(value) ? undefined : ajv.errorsText(validate.errors);
}

const ajv = new Ajv({ strict: false, validateFormats: false });
/** The same tools are offered again and again, and compiling is what costs. */
const compiled = new Map<string, ReturnType<typeof ajv.compile>>();

/** @returns the value of JSON text; undefined when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
