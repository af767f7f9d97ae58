/** Forgets what a person names, and takes what rested on it out of the open dream. */
import type { Decision, Journal, JournalProposal } from '../../core/dream/journal.ts';
import { proposalSchema } from '../../core/dream/proposal.ts';
import { DreamkeeperError } from '../../core/error.ts';
import { count } from '../../core/review/wording.ts';
import { forget, type ForgetWhat, type Forgotten } from '../../ledger/forget.ts';
import { forgotten } from '../../ledger/scrub.ts';
import { openReview } from '../../open-review.ts';
import { renderAgain } from '../../render-again.ts';
import { answered, record, reviewOptions } from './conversation.ts';
import type { Answer, Asked, Conversation } from './conversation.ts';

/**
 * The answer does not say again what is to be forgotten.
 * @param here the dream under whose pull request it was asked for.
 * @throws {DreamkeeperError} `usage` for what fits several sessions, or is too short.
 */
export async function forgetAsAsked(
  talk: Conversation,
  asked: Asked,
  wanted: string,
  here: { readonly dream?: string },
): Promise<void> {
  const { place, now } = talk;
  const what = whatToForget(
    (await (await place.ledger.read()).sessions()).map(({ summary }): string => summary.id),
    wanted,
  );
  const answer = (found: Pick<Forgotten, 'sessions' | 'dreams'> | undefined): Answer => ({
    ...{ verb: 'forget', outcome: 'done', words: wordsOf(what, found) },
    ...here,
  });
  // Said before it happens: a job that dies in between leaves no copy that somebody goes on with.
  for (const copy of [place.copy, place.ledgerCopy]) await copy.discardLater();
  const recorded: Decision[] = [];
  const also = (found: Pick<Forgotten, 'sessions' | 'dreams'>): readonly Decision[] => {
    recorded.push(answered(talk, asked, answer(found)));
    return recorded.slice(-1);
  };
  const by = { now, also, ...(asked.person === undefined ? {} : { person: asked.person }) };
  await forget(place.ledger, what, by);
  if (recorded.length === 0) await record(talk, asked, answer(undefined));
}

/** A session when the ledger has one with this id, or one whose id begins so; else a text. */
function whatToForget(ids: readonly string[], wanted: string): ForgetWhat {
  if (ids.includes(wanted)) return { session: wanted };
  const begun = wanted.length < 6 ? [] : ids.filter((id) => id.startsWith(wanted));
  const [only, ...others] = begun;
  if (others.length > 0)
    throw new DreamkeeperError('usage', `these are the first letters of ${begun.length} sessions`, {
      remedy: 'Name one by more of its id.',
    });
  return only === undefined ? { text: wanted } : { session: only };
}

function wordsOf(what: ForgetWhat, found: Pick<Forgotten, 'sessions' | 'dreams'> | undefined): string {
  const { sessions = [], dreams = [] } = found ?? {};
  const done =
    found === undefined
      ? 'The ledger does not have it.'
      : 'session' in what
        ? `The session is forgotten, and what ${count(dreams.length, 'dream')} had of it; it is not taken in again.`
        : `It is taken out of ${count(sessions.length, 'session')} and ${count(dreams.length, 'dream')}.`;
  return [
    done,
    'What was merged stays in memory until somebody changes it. Your comment may still hold it: delete it. ' +
      'GitHub keeps earlier versions of edited texts, and old commits for those who know their ids; clones, forks and ' +
      'the recording on its author’s machine keep what they have.',
  ].join(' ');
}

const holds = (value: unknown): boolean => JSON.stringify(value).includes(forgotten);

/**
 * What of the open dream rests on what was forgotten leaves it; nobody said no to that. Doing it twice changes nothing.
 * Where people have committed to the branch it is theirs to change.
 */
export async function dropForgotten(talk: Conversation, open: Journal): Promise<void> {
  if (!open.proposals.some(holds)) return;
  const options = reviewOptions(talk);
  const review = await openReview(options);
  const { journal, dropped, others } = review;
  const inside = journal.proposals.filter(({ number }) => !dropped.has(number));
  if (others || !inside.some(holds)) return;
  const { cleared } = await talk.guard(
    review,
    inside.flatMap(withoutForgotten).map((proposal) => proposalSchema.strip().parse(proposal)),
  );
  const stays = new Set(cleared.map(({ number }) => number));
  const kept = inside.filter(({ number }) => stays.has(number)).flatMap(withoutForgotten);
  const gone = inside.map(({ number }) => number).filter((number) => !stays.has(number));
  const reason = 'what it rested on was forgotten';
  const of = { at: talk.now, dream: journal.id, reason };
  const { ledger } = talk.place;
  if (kept.length === 0) {
    await ledger.write(`Record that dream ${journal.id} is withdrawn`, () =>
      Promise.resolve({ decisions: [{ type: 'withdrawn', ...of }] }),
    );
    return;
  }
  const rendered = await renderAgain(options, review, kept, talk.guard);
  const out: Decision[] =
    gone.length === 0 ? [] : [{ type: 'dropped', ...of, proposals: gone, because: 'forgotten' }];
  await ledger.write(`Take what was forgotten out of dream ${journal.id}`, () =>
    Promise.resolve({ journals: [rendered], decisions: out }),
  );
}

/** Without its evidence that was forgotten; nothing when that was all, or its words are gone. */
function withoutForgotten(proposal: JournalProposal): JournalProposal[] {
  const evidence = proposal.evidence.filter((item) => !holds(item));
  const { evidence: _, ...rest } = proposal;
  return evidence.length === 0 || holds(rest) ? [] : [{ ...proposal, evidence }];
}
