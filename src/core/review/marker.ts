/** The machine-readable comments in a review. Foreign text cannot forge one: `inert` escapes every `<`. */
import { z } from 'zod';

const headSchema = z.object({
  v: z.literal(1),
  dream: z.string(),
  base: z.string(),
  head: z.string().optional(),
  /** Permanent numbers of all proposals, dropped ones too. */
  proposals: z.array(z.number().int().positive()),
  /** Numbers whose boxes were empty when this was written; what differs from it, people ticked. */
  dropped: z.array(z.number().int().positive()).optional(),
});
export type ReviewHead = Omit<z.infer<typeof headSchema>, 'v'>;

/** The first line of a review. */
export function headMarker(head: ReviewHead): string {
  // A comment ends at `-->`, and `--` inside one is not valid; the data are ids, but nothing should depend on that.
  const json = JSON.stringify({ v: 1, ...head })
    .replaceAll('--', '\\u002d\\u002d')
    .replace(/[<>]/g, (angle) => (angle === '<' ? '\\u003c' : '\\u003e'));
  return `<!-- dreamkeeper:${json} -->`;
}

/** @returns the head that an HTML comment holds, if it is one of ours. */
export function parseHead(comment: string): ReviewHead | undefined {
  const [, json] = /^<!-- dreamkeeper:(\{.*\}) -->$/.exec(comment.trim()) ?? [];
  if (json === undefined) return undefined;
  try {
    const { v: _, ...head } = headSchema.parse(JSON.parse(json));
    return head;
  } catch {
    // Somebody edited it: as good as none.
    return undefined;
  }
}

/** Stands at the start of a proposal's checkbox. */
export const boxMarker = (number: number): string => `<!-- dreamkeeper:${number} -->`;

export function parseBox(comment: string): number | undefined {
  const [, number] = /^<!-- dreamkeeper:([1-9]\d{0,5}) -->$/.exec(comment) ?? [];
  return number === undefined ? undefined : Number(number);
}
