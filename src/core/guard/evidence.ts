/** evidence: every quote stands where it is cited, every fact is true at the base, and there is enough of it. */
import type { Evidence, Quote } from '../dream/evidence.ts';
import { findingsOf, type Check, type GuardContext } from './context.ts';
import { enoughEvidence } from './evidence-table.ts';
import { falseFact } from './facts.ts';
import type { Finding } from './finding.ts';
import { touchedBy } from './written.ts';
import { entriesOf } from '../memory/operation.ts';

const { block, review } = findingsOf('evidence');

export const evidence: Check = {
  name: 'evidence',
  check: (ctx) => {
    const wrong = [...unknownEntries(ctx), ...ctx.proposal.evidence.flatMap((item) => untrue(item, ctx))];
    if (wrong.length > 0) return wrong;
    const verdict = enoughEvidence(ctx, ctx.proposal.evidence);
    return verdict.missing === undefined ? verdict.reviews.map(review) : [block(verdict.missing)];
  },
};

function unknownEntries({ proposal, store }: GuardContext): Finding[] {
  const named = proposal.operations.flatMap(entriesOf);
  return touchedBy(proposal, store).length === named.length
    ? []
    : [block('It changes an entry that is not in the memory at the base.')];
}

function untrue(item: Evidence, ctx: GuardContext): Finding[] {
  const reason = reasonOf(item, ctx);
  return reason === undefined ? [] : [block(reason)];
}

function reasonOf(item: Evidence, ctx: GuardContext): string | undefined {
  switch (item.type) {
    case 'quote':
      return misquoted(item, ctx);
    case 'entry': {
      const entry = ctx.store.entries.get(item.entry);
      const same = entry?.file === item.file && entry.text === item.text;
      return same
        ? undefined
        : `The entry cited at ${item.file}:${item.lines[0]} is not in the memory at the base.`;
    }
    case 'fact':
      return falseFact(item, ctx.repository);
    case 'unattributed':
      return undefined;
    case 'comment': {
      const comment = ctx.comments?.get(item.url);
      const same = comment?.person === item.person && comment.text.includes(item.quote);
      return same ? undefined : 'A review comment it cites could not be found.';
    }
  }
}

/** Why a quote is no evidence. The words themselves are not repeated: the reason may be public. */
function misquoted(quote: Quote, ctx: GuardContext): string | undefined {
  const where = `event ${quote.event} of session ${quote.session}`;
  const session = ctx.sessions.get(quote.session);
  const event = ctx.quoted(quote.session, quote.event);
  if (session === undefined || event === undefined) return `It quotes ${where}, which is not there.`;
  if (quote.trust === 'echo') return `It quotes memory read back at ${where}; that proves nothing.`;
  const spans = event.spans.filter((span) => span.trust === quote.trust);
  if (!/[\p{L}\p{N}]/u.test(quote.quote) || !spans.some((span) => standsIn(quote.quote, span.text))) {
    return `The words quoted from ${where} do not stand there as words of ${speakers[quote.trust]}.`;
  }
  if (quote.person !== undefined && !knows(session, quote.person)) {
    return `The words quoted from ${where} are put into the mouth of somebody who was not there.`;
  }
  const times = [event.at, session.startedAt, session.endedAt].filter((time) => time !== undefined);
  if (quote.at !== undefined && times.length > 0 && !times.includes(quote.at)) {
    return `The words quoted from ${where} were said at another time than it states.`;
  }
  return undefined;
}

const speakers: Readonly<Record<Quote['trust'], string>> = {
  person: 'a person',
  claimed: 'somebody unproved',
  pasted: 'a pasted text',
  agent: 'an agent',
  tool: 'a tool',
  echo: 'the memory',
};

/** Verbatim, whatever the line endings. */
const standsIn = (quote: string, text: string): boolean =>
  text.includes(quote) || text.replaceAll('\r\n', '\n').includes(quote.replaceAll('\r\n', '\n'));

function knows(
  session: { readonly people: readonly string[]; readonly submittedBy?: string },
  person: string,
): boolean {
  return session.people.includes(person) || session.submittedBy === person;
}
