/** What a dreamer with a model is asked about a proposal: other words for it, and what it stands on. */
import type { Dreamer, DreamInput } from '../../core/dream/dreamer.ts';
import type { Journal, JournalProposal } from '../../core/dream/journal.ts';
import { proposalSchema } from '../../core/dream/proposal.ts';
import { DreamkeeperError, RetryLaterError } from '../../core/error.ts';
import type { Command } from '../../core/review/command.ts';
import { explanationOf } from '../../core/review/explanation.ts';
import { inert } from '../../core/review/inert.ts';
import { textOf as textWrittenBy } from '../../core/review/revised.ts';
import { suggestedText, withoutMarker } from '../../core/review/on-lines.ts';
import { clip } from '../../core/review/visible.ts';
import { askDreamer } from '../../ask-dreamer.ts';
import { openReview, requireKnown } from '../../open-review.ts';
import { inComments } from '../../review-advice.ts';
import { reviseProposal } from '../../revise.ts';
import { answered, record, reviewOptions, type Asked, type Conversation } from './conversation.ts';

/** A suggested change has lines of the file; what is quoted is the text itself; other words go to a dreamer with a model. */
export async function revise(
  talk: Conversation,
  asked: Asked,
  { number, text, verbatim }: Extract<Command, { verb: 'revise' }>,
  open: Journal | undefined,
): Promise<void> {
  const proposal = open?.proposals.find((each) => each.number === number);
  const { redactor, dreamer } = talk.place;
  const [said] = await redactor.redact([text]);
  if (open === undefined || said === undefined) return;
  const { person = 'somebody', at, url = '' } = asked;
  // What writes no text is refused below, before words for it are paid for.
  const isForModel =
    verbatim !== true &&
    dreamer.revise !== undefined &&
    proposal !== undefined &&
    textWrittenBy(proposal) !== undefined;
  const wanted = isForModel
    ? await reworded(talk, asked, proposal, said.text)
    : textOf(asked, proposal, text);
  const [safe] = await redactor.redact([withoutMarker(wanted)]);
  if (safe === undefined) return;
  const comment = {
    type: 'comment',
    url,
    person,
    quote: said.text,
    ...(at === undefined ? {} : { at }),
  } as const;
  const words = isForModel
    ? `Proposal ${number} was reworded as you said.`
    : `Proposal ${number} has your words.`;
  const also = [answered(talk, asked, { verb: 'revise', outcome: 'done', words, dream: open.id })];
  await reviseProposal(reviewOptions(talk, person), { number, text: safe.text, comment, also }, talk.guard);
}

function textOf({ on }: Asked, proposal: JournalProposal | undefined, text: string): string {
  const onLines = on === undefined || proposal === undefined ? undefined : suggestedText(proposal, on, text);
  return onLines ?? text;
}

/** @throws {DreamkeeperError} `usage` when the model has no answer, or there is no money: the person can say it verbatim. */
async function reworded(
  talk: Conversation,
  asked: Asked,
  proposal: JournalProposal,
  words: string,
): Promise<string> {
  const { dreamer } = talk.place;
  const remark = { person: asked.person ?? 'somebody', words };
  try {
    return await ask(
      talk,
      asked,
      async (input) =>
        (await dreamer.revise?.(input, proposalSchema.strip().parse(proposal), remark)) ?? words,
    );
  } catch (error) {
    if (!(error instanceof DreamkeeperError) || error.retryable) throw error;
    throw new DreamkeeperError('usage', error.message, {
      remedy: 'Say the whole text in a suggestion block: that asks no model.',
      cause: error,
    });
  }
}

/** The evidence; before it, where a model can be asked, an account of it in prose. */
export async function explain(
  talk: Conversation,
  asked: Asked,
  { number, question }: Extract<Command, { verb: 'explain' }>,
): Promise<void> {
  const { journal } = await openReview(reviewOptions(talk, asked.person));
  requireKnown(journal, [number], inComments);
  const { hosted, config, dreamer } = talk.place;
  const quotes = hosted.visibility !== 'public' || config.ledger.public;
  const proposal = journal.proposals.find((each) => each.number === number);
  if (proposal === undefined) return;
  const prose = quotes ? await accountOf(talk, asked, { proposal, dreamer, question }) : [];
  const words = [...prose, explanationOf(proposal, { now: talk.now, quotes })].join('\n\n');
  await record(talk, asked, { verb: 'explain', outcome: 'done', words, dream: journal.id });
}

/** A decision holds 20,000 characters, of which the evidence may have 18,000. */
const longestAccount = 900;

/** @returns paragraphs, inert; none where nobody can be asked: the evidence is an answer too. */
async function accountOf(
  talk: Conversation,
  asked: Asked,
  about: {
    readonly proposal: JournalProposal;
    readonly dreamer: Dreamer;
    readonly question: string | undefined;
  },
): Promise<string[]> {
  const { proposal, dreamer, question = 'Why is this proposed?' } = about;
  if (dreamer.explain === undefined) return [];
  try {
    const [words] = await talk.place.redactor.redact([question]);
    const remark = { person: asked.person ?? 'somebody', words: words?.text ?? '' };
    const said = await ask(
      talk,
      asked,
      async (input) => (await dreamer.explain?.(input, proposalSchema.strip().parse(proposal), remark)) ?? '',
    );
    const [safe] = await talk.place.redactor.redact([said]);
    return clip(safe?.text ?? '', longestAccount)
      .split(/\n\s*\n/)
      .map(inert)
      .filter((paragraph) => paragraph !== '');
  } catch (error) {
    if (error instanceof DreamkeeperError || error instanceof RetryLaterError) return [];
    throw error;
  }
}

async function ask<T>(
  talk: Conversation,
  asked: Asked,
  question: (input: DreamInput) => Promise<T>,
): Promise<T> {
  const { place, now } = talk;
  const { repository, ledger, config, dreamer, sharing } = place;
  const review = await openReview(reviewOptions(talk, asked.person));
  const asking = { repository, ledger, config, dreamer, now, ...(sharing === undefined ? {} : { sharing }) };
  return askDreamer(asking, review, `answer-${asked.event}`, question);
}
