/** A body in the form an operation wants. */
import type { z } from 'zod';
import { invalid } from './refusal.ts';

/** @throws {Refusal} 400 with the first fault, as the API words it: `messages.0.content: …`. */
export function bodyOf<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue === undefined) throw invalid('Invalid request');
  const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const where = [...issue.path, ...keys].map(String).join('.');
  throw invalid(`${where}: ${wordsOf(issue)}`);
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return 'Extra inputs are not permitted';
  if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.endsWith('undefined'))
    return 'Field required';
  return issue.message;
}
