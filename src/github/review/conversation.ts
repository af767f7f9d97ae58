/** What the answers to people are made with, and the line that remembers each. */
import type { Decision, Journal } from '../../core/dream/journal.ts';
import { standing } from '../../core/dream/decisions.ts';
import { openDream } from '../../core/dream/triggers.ts';
import type { OnLines } from '../../core/review/on-lines.ts';
import { guardAgain } from '../../guard-again.ts';
import type { GuardAgain, ReviewOptions } from '../../render-again.ts';
import { inComments } from '../../review-advice.ts';
import type { HostedPlace } from '../repositories.ts';

export interface Conversation {
  readonly place: HostedPlace;
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** Asks for a dream, once for each name. */
  readonly dreamNow: (slot: string) => Promise<unknown>;
  readonly guard: GuardAgain;
}

export function createConversation(
  place: HostedPlace,
  now: string,
  dreamNow: Conversation['dreamNow'],
): Conversation {
  return { place, now, dreamNow, guard: guardAgain(place) };
}

/** Somebody wants something. */
export interface Asked {
  /** Names it on the ledger, where it is answered once. */
  readonly event: string;
  /** Of the issue or pull request in which they said so, if it is known. */
  readonly number?: number | undefined;
  /** Undefined where GitHub does not say who: it lets nobody do it who may not write. */
  readonly person?: string | undefined;
  /** When, and where it can be read. */
  readonly at?: string;
  readonly url?: string;
  /** The lines of the diff that it is about. */
  readonly on?: OnLines;
}

/** What the pipelines of a review work with, in the name of a person. */
export function reviewOptions({ place, now }: Conversation, person?: string): ReviewOptions {
  const { repository, ledger, pullRequests } = place;
  return {
    ...{ repository, ledger, now, pullRequests, advice: inComments },
    ...(person === undefined ? {} : { person }),
    hasOthers: async (journal) => (await pullRequests.tipOf(journal)).whose === 'theirs',
  };
}

export interface Answer {
  readonly verb: string;
  readonly outcome: 'done' | 'refused';
  /** Markdown; foreign words in it are inert. */
  readonly words: string;
  /** The dream it is about. Who asks about a dream reviews it. */
  readonly dream?: string;
}

/** The line of the ledger that remembers what was asked and what came of it. */
export function answered({ now }: Conversation, asked: Asked, answer: Answer): Decision {
  const { verb, outcome, words, dream } = answer;
  return {
    ...{ type: 'command', at: now, person: asked.person ?? 'somebody', event: asked.event },
    ...(dream === undefined ? {} : { dream }),
    ...(asked.number === undefined ? {} : { number: asked.number }),
    ...{ verb, outcome, words },
  };
}

/** Records an answer, and what takes effect with it. */
export async function record(
  talk: Conversation,
  asked: Asked,
  answer: Answer,
  effects: readonly Decision[] = [],
): Promise<void> {
  const decisions = [...effects, answered(talk, asked, answer)];
  await talk.place.ledger.write('Answer a person', () => Promise.resolve({ decisions }));
}

/** How things stand on the ledger now. */
export async function readNow({ place }: Conversation): Promise<{
  readonly decisions: readonly Decision[];
  readonly journals: readonly Journal[];
  readonly open: Journal | undefined;
}> {
  const view = await place.ledger.read();
  const [journals, all] = [await view.journals(), await view.decisions()];
  return { decisions: standing(all), journals, open: openDream(journals, all) };
}
