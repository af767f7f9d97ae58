/** Runs a format over a text and gives back its sessions with their events. */
import { assemble } from '../../../../src/core/sessions/assemble.ts';
import type { Format, RawHeader, Source } from '../../../../src/core/sessions/format.ts';
import type { Event, Span, Trust } from '../../../../src/core/sessions/session.ts';

export interface Read {
  readonly sessions: readonly { readonly header: RawHeader; readonly events: readonly Event<string>[] }[];
  readonly skipped: readonly { readonly line: number; readonly reason: string }[];
}

export async function read(format: Format, source: Source): Promise<Read> {
  const events = new Map<string, Event<string>[]>();
  const sessions: { header: RawHeader; events: readonly Event<string>[] }[] = [];
  const skipped: { line: number; reason: string }[] = [];
  for await (const item of assemble(format.parse(source))) {
    if (item.type === 'skipped') skipped.push({ line: item.line, reason: item.reason });
    else if (item.type === 'events')
      events.set(item.session, [...(events.get(item.session) ?? []), ...item.events]);
    else sessions.push({ header: item.header, events: events.get(item.header.id) ?? [] });
  }
  return { sessions, skipped };
}

/** `kind` with `trust: text` of each span, one line an event: what a test compares at a glance. */
export function outline(events: readonly Event<string>[]): readonly string[] {
  return events.map(({ kind, ok, rejected, tool, spans }) => {
    const verdict = ok === undefined ? '' : ok ? ' ok' : ' failed';
    const called = tool === undefined ? '' : ` ${tool.action}`;
    return `${kind}${called}${verdict}${rejected === true ? ' rejected' : ''} | ${spans.map(shown).join(' + ')}`;
  });
}

const shown = ({ trust, text }: Span<string>): string => `${trust}: ${text.trim().replaceAll('\n', '⏎')}`;

export function textsOf(events: readonly Event<string>[], trust: Trust): readonly string[] {
  return events.flatMap(({ spans }) =>
    spans.filter((span) => span.trust === trust).map((span) => span.text.trim()),
  );
}
