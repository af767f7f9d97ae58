/** What a model cites, found again by code: words where they were said, entries as they stand, facts that are true. */
import { z } from 'zod';
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Evidence } from '../../../core/dream/evidence.ts';
import { quoteOf } from '../../../core/dream/gather/reading.ts';
import { falseFact } from '../../../core/guard/facts.ts';
import type { Event, Session } from '../../../core/sessions/session.ts';
import { literally } from '../../../core/text/literally.ts';
import { entryEvidence } from '../../embedded/evidence.ts';

export const citedSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('quote'),
    session: z.string().min(1).max(300).describe('Id of the session.'),
    event: z.number().int().positive().describe('Number of the event in it.'),
    quote: z.string().min(1).max(2_000).describe('Words of that event, verbatim and no more than needed.'),
  }),
  z.strictObject({ type: z.literal('entry'), entry: z.string().max(40).describe('Id of an entry.') }),
  z.strictObject({
    type: z.literal('fact'),
    fact: z.enum(['exists', 'missing', 'deleted', 'renamed']),
    path: z.string().min(1).max(1_024).describe('A path of the repository, as look_up_path knows it.'),
    to: z.string().max(1_024).optional().describe('For renamed: where it went.'),
  }),
]);
export type Cited = z.infer<typeof citedSchema>;

/** What is wrong with it is a sentence for the model, without a word of anybody else. */
export type Found = { readonly evidence: Evidence } | { readonly wrong: string };

/** Whose words a quote is says the span it stands in, whatever the model makes of it. */
export function evidenceOf(input: DreamInput, cited: Cited): Promise<Found> {
  switch (cited.type) {
    case 'quote':
      return quoted(input, cited);
    case 'entry': {
      const entry = input.store.entries.get(cited.entry);
      return Promise.resolve(
        entry === undefined
          ? wrong('There is no entry of that id.')
          : { evidence: entryEvidence(input, entry) },
      );
    }
    case 'fact':
      return Promise.resolve(factOf(input, cited));
  }
}

const wrong = (reason: string): Found => ({ wrong: reason });

/** @returns the id of a session that is named whole, or by a beginning that no other has. */
export function sessionNamed({ sessions }: Pick<DreamInput, 'sessions'>, name: string): string | undefined {
  const [only, ...others] = sessions.filter(
    ({ id }) => id === name || (name.length >= 8 && id.startsWith(name)),
  );
  const whole = sessions.find(({ id }) => id === name);
  return (whole ?? (others.length === 0 ? only : undefined))?.id;
}

async function quoted(input: DreamInput, cited: Extract<Cited, { type: 'quote' }>): Promise<Found> {
  const id = sessionNamed(input, cited.session);
  const session = id === undefined ? undefined : await input.readSession(id);
  if (session === undefined) return wrong('There is no session of that id.');
  const event = session.events.find(({ n }) => n === cited.event);
  if (event === undefined) return wrong(`Session ${session.id} has no event ${cited.event}.`);
  const words = verbatimIn(event, cited.quote);
  const quote = words === undefined ? undefined : quoteOf(session, event, words);
  if (quote === undefined) return wrong(misquoted(session, cited));
  if (quote.trust === 'echo')
    return wrong(`Event ${event.n} of ${session.id} is memory read back: no evidence.`);
  return { evidence: quote };
}

function misquoted(session: Session, { event, quote }: Extract<Cited, { type: 'quote' }>): string {
  const elsewhere = session.events.find((each) => verbatimIn(each, quote) !== undefined);
  const hint =
    elsewhere === undefined
      ? 'Read it again, and copy what stands there.'
      : `They stand in event ${elsewhere.n}.`;
  return `The words quoted do not stand in event ${event} of ${session.id}. ${hint}`;
}

/** Characters that are not white space; fewer are found everywhere and prove nothing. */
const shortestQuote = 4;

/** The words as they stand there; a line may be broken elsewhere. */
function verbatimIn(event: Event, quote: string): string | undefined {
  const wanted = quote.trim();
  if (wanted.replace(/\s/g, '').length < shortestQuote) return undefined;
  const folded = new RegExp(wanted.split(/\s+/).map(literally).join('\\s+'), 'u');
  for (const { text } of event.spans) {
    if (text.includes(wanted)) return wanted;
    const [found] = folded.exec(text) ?? [];
    if (found !== undefined) return found;
  }
  return undefined;
}

function factOf({ repository }: DreamInput, { fact, path, to }: Extract<Cited, { type: 'fact' }>): Found {
  const deletion = repository.deleted.get(path);
  const target = fact === 'renamed' ? (to ?? deletion?.renamedTo) : undefined;
  const evidence: Evidence = {
    type: 'fact',
    fact,
    path,
    ...(deletion === undefined || fact === 'exists' ? {} : { commit: deletion.commit, at: deletion.at }),
    ...(target === undefined ? {} : { to: target }),
  };
  const reason = falseFact(evidence, repository);
  return reason === undefined ? { evidence } : wrong(reason);
}
