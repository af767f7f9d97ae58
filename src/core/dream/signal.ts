/** Signals: things worth noticing in one session, with the exact words they rest on. Kept on the ledger. */
import { z } from 'zod';
import { evidenceSchema } from './evidence.ts';

const quotes = z.array(evidenceSchema.options[0]).min(1);
const base = { id: z.string(), session: z.string(), at: z.string().optional(), quotes };

export const signalSchema = z.discriminatedUnion('kind', [
  /** A person asked to remember something; `text` is the lesson, worded to stand alone. */
  z.strictObject({ ...base, kind: z.literal('request'), text: z.string() }),
  /** A general statement of a person: a preference, rule, fact, decision; `correction` when it answers what the agent just did. */
  z.strictObject({
    ...base,
    kind: z.literal('statement'),
    text: z.string(),
    correction: z.boolean(),
    /** The trust of the words: `person`, or `claimed` when nothing proves who typed them. */
    trust: z.enum(['person', 'claimed']),
    /** Cue words alone are weak: "never", "always", "from now on" make it general; else it must recur. */
    general: z.boolean(),
    reason: z.string().optional(),
  }),
  /** A person may have said that something held true is not (any more): "we don't have X anymore". Only memory can tell. */
  z.strictObject({
    ...base,
    kind: z.literal('refutation'),
    /** Up to three sentences, one per line: the denial and what stands beside it. */
    text: z.string(),
  }),
  /** An agent wrote into a memory file and nobody rejected it. */
  z.strictObject({
    ...base,
    kind: z.literal('memory-edit'),
    file: z.string(),
    /** Entries the edit added, in order, without those a later edit of the session took away again. */
    added: z.array(
      z.strictObject({
        headings: z.array(z.string()),
        /** Depth of the last heading, 1 to 6. */
        depth: z.number().optional(),
        text: z.string(),
      }),
    ),
    /** Text of an entry that the edit left in place before what it added: tells where in the file it is. */
    anchor: z.string().optional(),
    /** Texts of entries the edit removed or rewrote. */
    removed: z.array(z.string()),
    /** The quotes hold the person's words that asked for it. */
    requested: z.boolean(),
  }),
  /** A command failed. */
  z.strictObject({
    ...base,
    kind: z.literal('failure'),
    command: z.string(),
    /** First words of the command that name the tool: `pnpm test`, `go build`. */
    tool: z.string(),
    /** The error line with names, numbers and paths generalised. */
    template: z.string(),
    error: z.string(),
    /** Linter or compiler rule ids: `goconst`, `TS2345`, `no-unused-vars`. */
    rules: z.array(z.string()),
    /** The later command or edit that made it pass, if one did. */
    fix: z
      .strictObject({
        command: z.string().optional(),
        /** `first`: then the failed command passed as it was; `instead`: it was put differently. */
        ran: z.enum(['first', 'instead']).optional(),
        edit: z.string().optional(),
        quotes,
      })
      .optional(),
  }),
  /** Commands that succeeded, in order, generalised. */
  z.strictObject({ ...base, kind: z.literal('commands'), steps: z.array(z.string()) }),
  /** Commands, tools and files used or searched for: counts by name; for violations and locations. */
  z.strictObject({
    ...base,
    kind: z.literal('lookup'),
    query: z.string(),
    found: z.array(z.string()),
  }),
  /** A call into something memory may name came back empty, or a tool said "did you mean X". */
  z.strictObject({
    ...base,
    kind: z.literal('missing'),
    name: z.string(),
    suggestion: z.string().optional(),
  }),
  /** A person had to ask for what a team expects anyway. */
  z.strictObject({
    ...base,
    kind: z.literal('ask'),
    topic: z.enum(['tests', 'duplication', 'documentation', 'changelog']),
  }),
  /** A `label: value` line of recurring output, whose value memory may name. */
  z.strictObject({
    ...base,
    kind: z.literal('value'),
    label: z.string(),
    value: z.string(),
    command: z.string(),
  }),
]);

export type Signal = z.infer<typeof signalSchema>;
export type SignalOf<K extends Signal['kind']> = Extract<Signal, { kind: K }>;
