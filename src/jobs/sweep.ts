/** One look at all repositories: what is due is asked for. Two queries and one insert, however many there are. */
import type { Queue } from './queue.ts';
import type { RepositoryStates } from './repository-state.ts';
import { dueJobs } from './schedule.ts';

export interface SweepOptions {
  readonly states: RepositoryStates;
  readonly queue: Queue;
  /** Names this turn; a turn that is taken twice asks for nothing twice. */
  readonly slot: string;
  /** Seconds over which dreams of one schedule begin. */
  readonly spread?: number;
}

export interface Swept {
  readonly repositories: number;
  /** Jobs that were asked for. */
  readonly sent: number;
}

export async function sweep({ states, queue, slot, spread }: SweepOptions): Promise<Swept> {
  const { now, states: all } = await states.all();
  const due = dueJobs(all, { now, slot, ...(spread === undefined ? {} : { spread }) });
  return { repositories: all.length, sent: await queue.sendAll(due) };
}
