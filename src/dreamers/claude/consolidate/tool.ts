/** A tool of ours that a model may use: its input checked, its mistakes answered with what is wrong. */
import type Anthropic from '@anthropic-ai/sdk';
import { z } from 'zod';

export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly schema: z.ZodType;
  /** @throws {ToolRefusal} with what the model can do about it. */
  readonly use: (given: unknown) => Promise<string>;
}

/** Not done, and why; for the model. */
export class ToolRefusal extends Error {
  override readonly name = 'ToolRefusal';
}

/** A tool whose input has a schema. */
export function toolOf<S extends z.ZodObject>(
  name: string,
  description: string,
  schema: S,
  use: (given: z.infer<S>) => Promise<string> | string,
): Tool {
  return {
    name,
    description,
    schema,
    async use(given) {
      const parsed = schema.safeParse(given);
      if (!parsed.success) throw new ToolRefusal(problemsOf(parsed.error));
      return use(parsed.data);
    },
  };
}

const problemsNamed = 6;

function problemsOf({ issues }: z.ZodError): string {
  const named = issues
    .slice(0, problemsNamed)
    .map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`);
  return `The input does not have the right form. ${named.join('; ')}`;
}

/** As the API takes it. */
export function toolParam({ name, description, schema }: Tool): Anthropic.Tool {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io: 'input', override: anyOf });
  return { name, description, input_schema: { ...shape, type: 'object' } };
}

/** Models know `anyOf` better, and the API says that it takes it. */
function anyOf({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.oneOf === undefined) return;
  jsonSchema.anyOf = jsonSchema.oneOf;
  delete jsonSchema.oneOf;
}
