/** The typed operations a dreamer may return, and nothing else (DESIGN section 7). All address the base. */
import { z } from 'zod';

const text = z.string().min(1).max(20_000);
const entry = z.string().regex(/^[0-9a-f]{10}(-\d+)?$/, 'an entry id is 10 hex digits');
const file = z.string().min(1).max(1_024);
/** Heading path, outermost first. Missing headings are made at the end of the deepest one that is there. */
const heading = z.array(z.string().min(1).max(300)).max(6);

export const operationSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('add'), file, heading: heading.optional(), text }),
  z.strictObject({ op: z.literal('revise'), entry, text }),
  z.strictObject({
    op: z.literal('merge'),
    entries: z.array(entry).min(2),
    file,
    heading: heading.optional(),
    text,
  }),
  z.strictObject({ op: z.literal('retire'), entry }),
  z.strictObject({ op: z.literal('move'), entry, file, heading: heading.optional() }),
]);

export type Operation = z.infer<typeof operationSchema>;

/** The ids of the base's entries that an operation touches. */
export function entriesOf(operation: Operation): readonly string[] {
  switch (operation.op) {
    case 'add':
      return [];
    case 'merge':
      return operation.entries;
    case 'revise':
    case 'retire':
    case 'move':
      return [operation.entry];
  }
}
