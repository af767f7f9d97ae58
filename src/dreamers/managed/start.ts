/** Begins a dream at Anthropic: what it reads, what it may cost, and a note of it before anything is paid. */
import { randomUUID } from 'node:crypto';
import type { DreamInput } from '../../core/dream/dreamer.ts';
import type { Aside } from '../../core/dream/notes.ts';
import { mapAllowance, type Allowance } from '../../core/dream/purse.ts';
import { DreamkeeperError } from '../../core/error.ts';
import { sha256Hex } from '../../core/text/sha256.ts';
import { requirePrice } from '../anthropic/mind.ts';
import { modelsOf } from '../anthropic/models.ts';
import type { Connection } from './connection.ts';
import { askForDream, findLost } from './run/ask.ts';
import { sessionsIn } from './run/failures.ts';
import { advanced } from './sessions/cursor.ts';
import { listUnread, namesSessions } from './sessions/list.ts';
import { noteOf, type ManagedState, type MirrorState, type Run } from './state.ts';
import { mirror, openMirror } from './stores/mirror.ts';

/** As `dreams.create` takes them. */
const mostSessions = 100;

export type Started = { readonly run: Run } | { readonly nothing: string };

/**
 * @returns the dream that is under way or begins now; else why there is nothing to dream about, as a sentence.
 * @throws as `askingAnthropic`; {DreamkeeperError} `limit` when the memory does not fit, `config` without a known price.
 */
export async function start(
  connection: Connection,
  input: DreamInput,
  state: ManagedState,
): Promise<Started> {
  if (state.run?.id !== undefined) return { run: state.run };
  if (state.run !== undefined) return { run: await begun(connection, input, state, state.run, true) };
  if (!namesSessions(input.config))
    return {
      nothing: 'The config names no sessions at Anthropic: say managed.agent, .deployment or .store.',
    };
  const { cursor, most = mostSessions } = state.progress;
  input.progress('looking for sessions at Anthropic');
  const listed = (await listUnread(connection, input.config.managed, cursor)).filter(notForgotten(input));
  const sessions = listed.filter(({ rests }) => rests).slice(0, Math.min(most, mostSessions));
  if (sessions.length === 0) return { nothing: 'No session at Anthropic is new since the last dream.' };
  const model = modelsOf(input.config).consolidate;
  requirePrice(input.purse, model, input.config.budget.prices);
  const store = await mirrored(connection, input, state.mirror);
  const run: Run = {
    store,
    sessions: sessions.map(timesOf),
    left: listed.filter((each) => !sessions.includes(each)).map(timesOf),
    model,
    askedAt: input.now,
    most: mostOf(input.purse.left()),
  };
  await input.notes.keep('Ask Anthropic for a dream', [noteOf.run(run)], asideOf(run));
  return { run: await begun(connection, input, state, run, false) };
}

/** They are still at Anthropic, and must not come back by that way. */
function notForgotten({ decisions }: DreamInput): (session: { readonly id: string }) => boolean {
  const buried = new Set(
    decisions.flatMap((decision) => (decision.type === 'tombstone' ? [decision.session] : [])),
  );
  return ({ id }) => !buried.has(sha256Hex(id));
}

const timesOf = ({ id, created, updated }: Run['sessions'][number]) => ({ id, created, updated });

/** A tenth stays, so that there is still something to look after the dream with. */
const mostOf = (left: Allowance): Allowance =>
  mapAllowance(left, (rest, unit) => (unit === 'tokens' ? Math.floor(rest * 0.9) : rest * 0.9));

/** The money of a dream, which goes on when we do not. */
export function asideOf({ most, askedAt }: Run, over = false): Aside | undefined {
  if (most.tokens === undefined && most.usd === undefined) return undefined;
  const name = `batch-managed-${askedAt}`;
  return { name, money: over ? undefined : { tokens: most.tokens ?? 0, usd: most.usd ?? 0 } };
}

async function mirrored(
  connection: Connection,
  input: DreamInput,
  kept: MirrorState | undefined,
): Promise<string> {
  input.progress('copying the memory to Anthropic');
  const known: MirrorState = kept ?? { key: randomUUID(), since: anHourBefore(input.now) };
  if (kept === undefined) await input.notes.keep('Name the mirror of the memory', [noteOf.mirror(known)]);
  const store = await openMirror(connection, { ...known, known: known.store });
  if (store !== known.store)
    await input.notes.keep('Note the mirror of the memory', [noteOf.mirror({ ...known, store })]);
  await mirror(connection, store, input.store.files);
  return store;
}

/** Their clock need not be ours. */
const anHourBefore = (now: string): string => new Date(Date.parse(now) - 3_600_000).toISOString();

/** @param perhaps it may have begun already: it was asked for, and nobody knows what was answered. */
async function begun(
  connection: Connection,
  input: DreamInput,
  state: ManagedState,
  run: Run,
  perhaps: boolean,
): Promise<Run> {
  input.progress(`asking for a dream over ${run.sessions.length} sessions`);
  const lost = perhaps ? await findLost(connection, run) : undefined;
  const dream = lost ?? (await asked(connection, input, state, run));
  const known = { ...run, id: dream.id };
  await input.notes.keep(`Note the dream ${dream.id}`, [noteOf.run(known)]);
  return known;
}

/** What was refused for good is not asked for again in the same words. */
async function asked(connection: Connection, input: DreamInput, { progress }: ManagedState, run: Run) {
  try {
    return await askForDream(connection, run, input.config.dream.instructions);
  } catch (error) {
    if (!(error instanceof DreamkeeperError) || error.retryable) throw error;
    const gone = new Set(sessionsIn(error.message));
    const cursor = advanced(progress.cursor, {
      read: run.sessions.filter(({ id }) => gone.has(id)),
      left: [...run.sessions.filter(({ id }) => !gone.has(id)), ...run.left],
      now: input.now,
    });
    const notes = [noteOf.run(undefined), noteOf.progress({ ...progress, cursor })];
    await input.notes.keep('Anthropic refused a dream', notes, asideOf(run, true));
    throw error;
  }
}
