/** Anthropic's Dreams as a dreamer: they write to a copy of the memory, and what they changed is proposed like anything else. */
import type Anthropic from '@anthropic-ai/sdk';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dreamer, DreamDraft, DreamInput } from '../../core/dream/dreamer.ts';
import type { Draft } from '../../core/dream/proposal.ts';
import type { Bill } from '../../core/dream/purse.ts';
import { DreamkeeperError } from '../../core/error.ts';
import { billOf } from '../anthropic/mind.ts';
import { unlessGone, type Connection } from './connection.ts';
import { stillOpen, toCarry } from './carry.ts';
import { ranked } from './proposals/drafts.ts';
import { proposalsOf } from './propose.ts';
import { failureOf, sessionsIn } from './run/failures.ts';
import { leave } from './run/leave.ts';
import { standOf, watch, type Watching } from './run/watch.ts';
import { advanced } from './sessions/cursor.ts';
import { asideOf, start } from './start.ts';
import { noteOf, readState, type Progress, type Run } from './state.ts';

export interface ManagedOptions {
  /** The connection to the API; asked for when it is needed. */
  readonly open: () => Anthropic;
  /** For tests: waits between two looks. */
  readonly wait?: Watching['wait'];
}

type BetaDream = Anthropic.Beta.BetaDream;

/** One dream at Anthropic at a time per repository; it goes on, whatever becomes of this process. */
export function createManagedDreamer({ open, wait = waiting }: ManagedOptions): Dreamer {
  return {
    name: 'managed',
    paid: true,
    async dream(input) {
      const connection: Connection = { client: open(), signal: input.signal };
      const state = await readState(input.notes);
      const { progress } = state;
      const later = input.urgent || state.run !== undefined ? undefined : againAt(progress);
      if (later !== undefined && later > input.now)
        return waitingFor(`${progress.failed?.why ?? 'it failed'}; it is tried again after ${later}`);
      const started = await start(connection, input, state);
      const undecided = stillOpen(state.carried, [], input);
      if ('nothing' in started)
        return { ...nothing, proposals: ranked(undecided), remarks: [started.nothing] };
      return follow({ connection, input, progress, carried: undecided, run: started.run, wait });
    },
  };
}

const waiting: Watching['wait'] = (milliseconds, signal) =>
  sleep(milliseconds, undefined, signal === undefined ? {} : { signal });

const nothing: DreamDraft = { proposals: [], questions: [], leads: [] };
const waitingFor = (what: string): DreamDraft => ({ ...nothing, waiting: what });

interface Following {
  readonly connection: Connection;
  readonly input: DreamInput;
  readonly progress: Progress;
  readonly carried: readonly Draft[];
  readonly run: Run;
  readonly wait: Watching['wait'];
}

async function follow(following: Following): Promise<DreamDraft> {
  const { connection, input, run, wait } = following;
  const { id = '' } = run;
  const billed = (usage: Anthropic.Beta.BetaDreamUsage): Bill => billFor(following, usage);
  const tell = (step: string): void => input.progress(step);
  const watching = { most: run.most, billOf: billed, stay: input.urgent, progress: tell, wait };
  const watched = await unlessGone(() => watch(connection, id, watching));
  if (watched === undefined) return vanished(following, id);
  const { dream } = watched;
  if (watched.state === 'under way') return waitingFor(standOf(dream));
  if (watched.state === 'too dear') return tooDear(following, dream);
  if (dream.status !== 'completed') return failed(following, dream);
  return completed(following, dream);
}

function billFor({ input, run }: Following, usage: Anthropic.Beta.BetaDreamUsage): Bill {
  const { prices } = input.config.budget;
  return billOf('dream', run.model, usage, { batch: false, prices });
}

/** What it wrote is read before it is put away; the note goes with the journal, so that no crash loses what was paid for. */
async function completed(following: Following, dream: BetaDream): Promise<DreamDraft> {
  const { connection, input, progress, run } = following;
  if (run.paid !== true) {
    input.purse.charge(billFor(following, dream.usage));
    const notes = [noteOf.run({ ...run, paid: true })];
    await input.notes.keep(`Pay for the dream ${dream.id}`, notes, asideOf(run, true));
  }
  input.progress('reading what the dream wrote');
  const { remarks = [], ...draft } = await proposalsOf(connection, input, { dream, run });
  const proposals = ranked([...stillOpen(following.carried, draft.proposals, input), ...draft.proposals]);
  const left = await leave(connection, dream);
  const cursor = advanced(progress.cursor, { read: run.sessions, left: run.left, now: input.now });
  return {
    ...draft,
    proposals,
    remarks: [...remarks, ...(run.left.length === 0 ? [] : [waits(run.left.length)]), ...left],
    notes: [
      noteOf.run(undefined),
      noteOf.progress({ cursor }),
      noteOf.carried(await toCarry(proposals, input)),
    ],
  };
}

const waits = (count: number): string =>
  `${count === 1 ? 'One session at Anthropic waits' : `${count} sessions at Anthropic wait`} for the next dream.`;

/** @throws {DreamkeeperError} always: what it cost is recorded, and it is tried again later. */
async function failed(following: Following, dream: BetaDream): Promise<never> {
  const { input, progress, run } = following;
  const failure = failureOf(dream);
  const gone = new Set(sessionsIn(dream.error?.message ?? ''));
  const cursor = advanced(progress.cursor, {
    read: run.sessions.filter(({ id }) => gone.has(id)),
    left: [...run.sessions.filter(({ id }) => !gone.has(id)), ...run.left],
    now: input.now,
  });
  const times = (progress.failed?.times ?? 0) + 1;
  await put(following, dream, {
    cursor,
    ...mostNext(progress, dream.error?.type === 'timeout' ? run : undefined),
    failed: { times, at: input.now, why: failure.message },
  });
  throw failure;
}

async function tooDear(following: Following, dream: BetaDream): Promise<DreamDraft> {
  const { input, progress, run } = following;
  const cursor = advanced(progress.cursor, {
    read: [],
    left: [...run.sessions, ...run.left],
    now: input.now,
  });
  const left = await put(following, dream, { cursor, ...mostNext(progress, run) });
  const remark = `The budget was spent before the dream ${dream.id} at Anthropic had come to its end, so it was cancelled and wrote nothing. The next one takes half as many sessions; budget in the config says what one may cost.`;
  return { ...nothing, proposals: ranked(following.carried), remarks: [remark, ...left] };
}

/** @throws {DreamkeeperError} always. */
async function vanished({ input, run }: Following, id: string): Promise<never> {
  await input.notes.keep(`Forget the dream ${id}`, [noteOf.run(undefined)], asideOf(run, true));
  throw new DreamkeeperError('model', `the dream ${id} is not there any more at Anthropic`, {
    remedy: 'Is ANTHROPIC_API_KEY of another workspace now? The next dream begins anew.',
  });
}

/** Half as many sessions after one that was too much. */
function mostNext({ most }: Progress, run: Run | undefined): Pick<Progress, 'most'> {
  if (run !== undefined) return { most: Math.max(1, Math.floor(run.sessions.length / 2)) };
  return most === undefined ? {} : { most };
}

/** Pays for a dream that came to nothing, and leaves nothing of it behind. */
async function put(following: Following, dream: BetaDream, progress: Progress): Promise<readonly string[]> {
  const { connection, input, run } = following;
  const left = await leave(connection, dream);
  input.purse.charge(billFor(following, dream.usage));
  const notes = [noteOf.run(undefined), noteOf.progress(progress)];
  await input.notes.keep(`End the dream ${dream.id}`, notes, asideOf(run, true));
  return left;
}

const hour = 3_600_000;
const longestPause = 7 * 24 * hour;

/** After a failure by itself only later and later: each try costs. */
function againAt({ failed: last }: Progress): string | undefined {
  if (last === undefined) return undefined;
  const pause = Math.min(longestPause, 6 * hour * 2 ** (last.times - 1));
  return new Date(Date.parse(last.at) + pause).toISOString();
}
