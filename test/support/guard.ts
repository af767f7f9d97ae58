/** Builders of what the guard looks at. Everything is valid until a test says otherwise. */
import { configSchema, type Config } from '../../src/core/config.ts';
import type { SessionSummary } from '../../src/core/dream/dreamer.ts';
import type { Evidence, Quote } from '../../src/core/dream/evidence.ts';
import type { Proposal } from '../../src/core/dream/proposal.ts';
import type { RepositoryFacts } from '../../src/core/dream/repository.ts';
import type { DreamContext, GuardContext } from '../../src/core/guard/context.ts';
import type { Finding } from '../../src/core/guard/finding.ts';
import { parseStore } from '../../src/core/memory/parse.ts';
import type { Entry, Store } from '../../src/core/memory/entry.ts';
import type { Redactor } from '../../src/core/sessions/redact.ts';
import type { Event, Redacted, Trust } from '../../src/core/sessions/session.ts';

export const redacted = (text: string): Redacted => text as Redacted;

export function aStore(files: Readonly<Record<string, string>>): Store {
  return parseStore(Object.entries(files).map(([path, text]) => ({ path, text })));
}

/** The entry of a store that holds a text. */
export function entryWith(store: Store, text: string): Entry {
  for (const entry of store.entries.values()) if (entry.text.includes(text)) return entry;
  throw new Error(`No entry holds “${text}”.`);
}

export const entryEvidence = (entry: Entry, over: { at?: string; commit?: string } = {}): Evidence => ({
  type: 'entry',
  entry: entry.id,
  file: entry.file,
  lines: [entry.lines[0], entry.lines[1]],
  text: entry.text,
  ...over,
});

export interface Saying {
  readonly session: string;
  readonly text: string;
  readonly trust?: Trust;
  readonly event?: Partial<Event>;
}

/** Sessions in which these things are said, one event each, in order; and the quotes that cite them. */
export function sayings(said: readonly Saying[]): {
  quotes: Quote[];
  quoted: DreamContext['quoted'];
  sessions: Map<string, SessionSummary>;
  groups: Map<string, string>;
} {
  const events = new Map<string, Event>();
  const sessions = new Map<string, SessionSummary>();
  const quotes = said.map(({ session, text, trust = 'person', event }, index): Quote => {
    const n = index + 1;
    events.set(`${session} ${n}`, { n, kind: 'person', spans: [{ text: redacted(text), trust }], ...event });
    sessions.set(session, sessions.get(session) ?? aSession(session));
    return { type: 'quote', session, event: n, quote: text, trust };
  });
  return {
    quotes,
    quoted: (session, event) => events.get(`${session} ${event}`),
    sessions,
    groups: new Map([...sessions.keys()].map((id) => [id, id])),
  };
}

export function aSession(id: string, over: Partial<SessionSummary> = {}): SessionSummary {
  return {
    id: redacted(id),
    agent: redacted('claude-code'),
    format: 'claude-code',
    startedAt: '2026-02-01T09:00:00Z',
    interactive: true,
    people: [redacted('ana')],
    eventCount: 9,
    ...over,
  };
}

export function aProposal(over: Partial<Proposal> = {}): Proposal {
  return {
    number: 1,
    kind: 'learn',
    lesson: 'request',
    title: 'Remember',
    rationale: 'Somebody asked for it.',
    operations: [{ op: 'add', file: 'CLAUDE.md', text: 'Run the tests before you push.' }],
    evidence: [],
    strength: 'supported',
    signals: ['s'],
    ...over,
  };
}

export const facts = (over: Partial<RepositoryFacts> = {}): RepositoryFacts => ({
  head: 'base',
  paths: new Set(['Makefile', 'src/app.ts']),
  deleted: new Map(),
  shallow: false,
  ignored: new Set(),
  origins: new Map(),
  ...over,
});

/** Finds the word "hunter2". */
const redactor: Redactor = {
  find: (texts) =>
    Promise.resolve(
      texts.map((text) => {
        const start = text.indexOf('hunter2');
        return start === -1 ? [] : [{ kind: 'password' as const, start, end: start + 7 }];
      }),
    ),
  redact: (texts) => Promise.resolve(texts.map((text) => ({ text: redacted(text), count: 0 }))),
};

export function aConfig(over: Partial<Config> = {}): Config {
  return { ...configSchema.parse({}), ...over };
}

export interface ContextParts extends Partial<Omit<DreamContext, 'store'>> {
  readonly files?: Readonly<Record<string, string>>;
  readonly store?: Store;
  readonly said?: readonly Saying[];
}

export function aDreamContext({ files = {}, store, said = [], ...over }: ContextParts = {}): DreamContext {
  const { quoted, sessions, groups } = sayings(said);
  return {
    store: store ?? aStore(files),
    quoted,
    sessions,
    groups,
    repository: facts(),
    rejections: [],
    config: aConfig(),
    redactor,
    now: '2026-02-10T03:00:00Z',
    ...over,
  };
}

/** A proposal resting on everything that is `said`, unless it names its evidence. */
export function aGuardContext(proposal: Partial<Proposal>, parts: ContextParts = {}): GuardContext {
  const quotes = sayings(parts.said ?? []).quotes;
  return { ...aDreamContext(parts), proposal: aProposal({ evidence: quotes, ...proposal }) };
}

/** `severity: message` of each finding. */
export const said = (findings: readonly Finding[]): string[] =>
  findings.map(({ severity, message }) => `${severity}: ${message}`);
