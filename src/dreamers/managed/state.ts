/** What is kept on the ledger between steps: the mirror, the dream under way, and how far sessions were read. */
import { z } from 'zod';
import type { Note, Notes } from '../../core/dream/notes.ts';
import { proposalSchema, type Draft } from '../../core/dream/proposal.ts';
import { beginning, cursorSchema, listedSchema, type Cursor } from './sessions/cursor.ts';

const mirrorSchema = z.object({
  /** Stands in the metadata of the store. */
  key: z.string(),
  since: z.string(),
  store: z.string().optional(),
});
export type MirrorState = z.infer<typeof mirrorSchema>;

const limit = z.number().optional();
const runSchema = z.object({
  /** `drm_…`; missing when it was asked for and nobody answered. */
  id: z.string().optional(),
  store: z.string(),
  sessions: z.array(listedSchema).min(1),
  /** Sessions that were listed and are left for the next dream. */
  left: z.array(listedSchema),
  model: z.string(),
  askedAt: z.string(),
  /** What it may cost; undefined has no limit. */
  most: z.object({ tokens: limit, usd: limit }),
  /** It is paid for; what it wrote was not yet proposed. */
  paid: z.literal(true).optional(),
});
export type Run = z.infer<typeof runSchema>;

const progressSchema = z.object({
  cursor: cursorSchema,
  /** How many sessions go into one dream, where a hundred cost too much. */
  most: z.number().int().min(1).optional(),
  /** How often in a row it failed, and when last. */
  failed: z.object({ times: z.number().int(), at: z.string(), why: z.string() }).optional(),
});
export type Progress = z.infer<typeof progressSchema>;

const carriedSchema = z.array(proposalSchema.omit({ number: true }));

export interface ManagedState {
  readonly mirror: MirrorState | undefined;
  readonly run: Run | undefined;
  readonly progress: Progress;
  /** What earlier dreams proposed. */
  readonly carried: readonly Draft[];
}

/** What cannot be read counts as missing: the worst that comes of it is a second look at the same sessions. */
export async function readState(notes: Notes): Promise<ManagedState> {
  const all = await notes.read('managed');
  return {
    mirror: mirrorSchema.safeParse(all.get('mirror')).data,
    run: runSchema.safeParse(all.get('dream')).data,
    progress: progressSchema.safeParse(all.get('progress')).data ?? { cursor: beginning },
    carried: carriedSchema.safeParse(all.get('carried')).data ?? [],
  };
}

export const noteOf = {
  mirror: (value: MirrorState): Note => ({ kind: 'managed', name: 'mirror', value }),
  /** Undefined: it is over. */
  run: (value: Run | undefined): Note => ({ kind: 'managed', name: 'dream', value }),
  carried: (value: readonly Draft[]): Note => ({ kind: 'managed', name: 'carried', value }),
  progress: (value: Progress): Note => ({ kind: 'managed', name: 'progress', value }),
} as const;

/** How far sessions were taken in, which may be further than what was dreamed over. */
export const takenCursor = {
  /** @param managed notes of the kind. */
  read: (managed: ReadonlyMap<string, unknown>): Cursor =>
    cursorSchema.safeParse(managed.get('taken-in')).data ?? beginning,
  note: (value: Cursor): Note => ({ kind: 'managed', name: 'taken-in', value }),
};
