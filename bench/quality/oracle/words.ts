/** Where what was planted was said, as it lies on the ledger: what a reader that misses nothing would quote. */
import type { Event, Session } from '../../../src/core/sessions/session.ts';
import { literally } from '../../../src/core/text/literally.ts';
import type { Planted } from '../planted.ts';

export interface Cited {
  readonly type: 'quote';
  readonly session: string;
  readonly event: number;
  readonly quote: string;
}

/** One occurrence in a session, with all the words that carry it. */
export function occurrences(planted: Planted, sessions: readonly Session[]): readonly Cited[][] {
  if (planted.kind === 'twins' || planted.kind === 'traps') return [];
  const found = sessions.flatMap((session): Cited[][] => {
    if (planted.kind === 'refuted' || planted.kind === 'asked')
      return planted.said.flatMap((words) => cite(session, new RegExp(literally(words)), isPersons));
    if (planted.kind === 'workflows') return [inOrder(session, planted.said)].filter((all) => all.length > 0);
    return cite(session, patternOf(planted.said.at(-1) ?? ''), (event) => event.kind === 'tool_result').map(
      ([failure]) => (failure === undefined ? [] : [failure, ...after(session, failure)]),
    );
  });
  return found.filter((cited) => cited.length > 0);
}

const isPersons = (event: Event): boolean => event.spans.some(({ trust }) => trust === 'person');

/** Each place where a pattern is found, once for each event. */
function cite(session: Session, pattern: RegExp, fits: (event: Event) => boolean): Cited[][] {
  return session.events.filter(fits).flatMap((event) => {
    const quote = event.spans.flatMap(({ text }) => pattern.exec(text)?.[0] ?? [])[0];
    return quote === undefined ? [] : [[{ type: 'quote', session: session.id, event: event.n, quote }]];
  });
}

/** The commands of a workflow, each after the one before. */
function inOrder(session: Session, steps: readonly string[]): Cited[] {
  const cited: Cited[] = [];
  for (const step of steps) {
    const later = session.events.filter(
      ({ n, kind }) => kind === 'tool_call' && n > (cited.at(-1)?.event ?? 0),
    );
    const next = cite({ ...session, events: later }, patternOf(step), () => true)[0]?.[0];
    if (next === undefined) return [];
    cited.push(next);
  }
  return cited;
}

/** What worked after a failure: the next calls. */
function after(session: Session, failure: Cited): Cited[] {
  const calls = session.events.filter(({ n, kind }) => kind === 'tool_call' && n > failure.event).slice(0, 2);
  return calls.flatMap((event) => {
    const quote = event.spans[0]?.text.split('\n')[0] ?? '';
    return quote === '' ? [] : [{ type: 'quote' as const, session: session.id, event: event.n, quote }];
  });
}

/** Slots stand for anything on the line. */
function patternOf(template: string): RegExp {
  const parts = template.split(/\{\w+\}/);
  return new RegExp(parts.map(literally).join('[^\\n]{1,80}?'));
}
