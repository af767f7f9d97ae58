/** Who first spoke of a thing, in the events a proposal cites. */
import type { Trust } from '../sessions/session.ts';
import type { GuardContext } from './context.ts';

interface Sighting {
  readonly order: string;
  readonly trust: Trust;
}

/**
 * @returns the trust of the earliest cited span that holds the value; undefined when none does. A person's own word
 * wins over an earlier one: they have judged it. Echo is the memory and has nothing of its own.
 */
export function firstSpeaker(value: string, ctx: GuardContext): Trust | undefined {
  const wanted = folded(value);
  const sightings = ctx.proposal.evidence.flatMap((item): Sighting[] => {
    if (item.type === 'comment')
      return folded(item.quote).includes(wanted) ? [{ order: '', trust: 'person' }] : [];
    if (item.type !== 'quote') return [];
    const event = ctx.quoted(item.session, item.event);
    const start = ctx.sessions.get(item.session)?.startedAt ?? '';
    const order = `${start}\n${item.session}\n${String(item.event).padStart(9, '0')}`;
    const spans = [...(event?.spans ?? [])];
    return spans.flatMap(({ text, trust }) => (folded(text).includes(wanted) ? [{ order, trust }] : []));
  });
  const heard = sightings.filter(({ trust }) => trust !== 'echo');
  if (heard.some(({ trust }) => trust === 'person')) return 'person';
  return heard.toSorted((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0))[0]?.trust;
}

const folded = (text: string): string => text.replace(/\s+/g, ' ').toLowerCase();
