/** From what a model wants to propose to a draft: every id known, every citation found, the title written by code. */
import { z } from 'zod';
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Evidence, Quote } from '../../../core/dream/evidence.ts';
import {
  lessonSchema,
  proposalKindSchema,
  type Draft,
  type ProposalKind,
} from '../../../core/dream/proposal.ts';
import { hostilityOf } from '../../../core/guard/hostile-text.ts';
import { entriesOf, operationSchema, type Operation } from '../../../core/memory/operation.ts';
import { independentGroups } from '../../../core/sessions/independence.ts';
import { sha256Hex } from '../../../core/text/sha256.ts';
import { entryEvidence } from '../../embedded/evidence.ts';
import { titled } from '../../embedded/title.ts';
import type { Observation } from '../observation.ts';
import { citedSchema, evidenceOf } from './cited.ts';

export const wishSchema = z.strictObject({
  kind: proposalKindSchema,
  lesson: lessonSchema.optional().describe('For kind learn: what is learned.'),
  rationale: z
    .string()
    .min(1)
    .max(1_000)
    .describe('One to three sentences: why a reviewer should want this.'),
  operations: z
    .array(operationSchema)
    .max(20)
    .describe('What changes; every entry by its id. Empty for kind enforce.'),
  evidence: z
    .array(citedSchema)
    .max(20)
    .describe('What it stands on. Entries that it touches are cited anyway.'),
  suggestion: z
    .string()
    .min(1)
    .max(600)
    .optional()
    .describe('For kind enforce: the lint rule, hook or CI step.'),
});
export type Wish = z.infer<typeof wishSchema>;

/** `wrong`: sentences for the model. */
export type Built = { readonly draft: Draft } | { readonly wrong: readonly string[] };

export async function buildDraft(
  input: DreamInput,
  observations: readonly Observation[],
  wish: Wish,
): Promise<Built> {
  const touched = [...new Set(wish.operations.flatMap(entriesOf))];
  const unknown = touched.filter((id) => !input.store.entries.has(id));
  const found = await Promise.all(wish.evidence.map((cited) => evidenceOf(input, cited)));
  const problems = [
    ...unknown.map((id) => `There is no entry ${id}; ids stand in front of each entry.`),
    ...found.flatMap((each, at) => ('wrong' in each ? [`evidence[${at}]: ${each.wrong}`] : [])),
    ...formProblems(wish),
  ];
  const cited = found.flatMap((each) => ('evidence' in each ? [each.evidence] : []));
  const entries = touched.flatMap((id) => input.store.entries.get(id) ?? []);
  const evidence = unique([...cited, ...entries.map((entry) => entryEvidence(input, entry))]);
  if (evidence.length === 0) problems.push('It cites nothing.');
  if (problems.length > 0) return { wrong: problems };
  const signals = signalsOf(input, observations, wish, evidence);
  if (signals.every((id) => input.closed.has(id)))
    return {
      wrong: [
        'What it cites was proposed before, and merged or rejected. Only something new brings it back.',
      ],
    };
  return { draft: draftOf(input, wish, evidence, signals) };
}

function formProblems({ kind, lesson, operations, rationale, suggestion }: Wish): string[] {
  const hostile = [rationale, suggestion ?? '']
    .flatMap(hostilityOf)
    .some(({ kind: how }) => how !== 'suspicious');
  return [
    ...(kind === 'learn' && lesson === undefined ? ['A proposal to learn needs a lesson.'] : []),
    ...(kind === 'enforce' && operations.length > 0 ? ['A proposal to enforce changes no memory.'] : []),
    ...(kind === 'enforce' && suggestion === undefined ? ['A proposal to enforce needs a suggestion.'] : []),
    ...(kind !== 'enforce' && operations.length === 0 ? ['It changes nothing.'] : []),
    ...(hostile ? ['Rationale and suggestion are for a reviewer to read, and give orders to nobody.'] : []),
  ];
}

function draftOf(
  input: DreamInput,
  { kind, lesson, rationale, operations, suggestion }: Wish,
  evidence: readonly Evidence[],
  signals: readonly string[],
): Draft {
  return {
    kind,
    ...(kind === 'learn' && lesson !== undefined ? { lesson } : {}),
    title: titleOf(input, kind, operations, evidence),
    rationale,
    operations,
    evidence: [...evidence],
    strength: strengthOf(input, kind, evidence),
    signals: [...signals],
    ...(kind === 'enforce' && suggestion !== undefined ? { suggestion } : {}),
  };
}

const verbs: Readonly<Record<ProposalKind, string>> = {
  learn: 'Remember',
  correct: 'Correct',
  merge: 'Merge',
  retire: 'Retire',
  promote: 'Share',
  reorganise: 'Move',
  enforce: 'Enforce',
};

/** What would be written; where nothing is, what it is about. */
function titleOf(
  { store }: DreamInput,
  kind: ProposalKind,
  operations: readonly Operation[],
  evidence: readonly Evidence[],
): string {
  const written = operations.flatMap((operation) => ('text' in operation ? [operation.text] : []));
  const touched = operations.flatMap(entriesOf).flatMap((id) => store.entries.get(id)?.text ?? []);
  const named = evidence.flatMap((item) => (item.type === 'entry' ? [item.text] : []));
  return titled(verbs[kind], written[0] ?? touched[0] ?? named[0] ?? 'memory');
}

function strengthOf(input: DreamInput, kind: ProposalKind, evidence: readonly Evidence[]): Draft['strength'] {
  const rearranges = kind === 'merge' || kind === 'reorganise' || kind === 'promote';
  if (rearranges || evidence.some(({ type }) => type === 'fact')) return 'proved';
  const groups = independentGroups(input.sessions);
  const quotes = evidence.filter((item) => item.type === 'quote');
  const independent = new Set(quotes.map(({ session }) => groups.get(session) ?? session)).size;
  return independent >= 2 ? 'supported' : 'suggested';
}

/** What was noticed in the words it cites; else what it would change: the same whenever it is proposed again. */
function signalsOf(
  input: DreamInput,
  observations: readonly Observation[],
  { kind, operations }: Wish,
  evidence: readonly Evidence[],
): readonly string[] {
  const cited = evidence.filter((item) => item.type === 'quote');
  const found = [...observations, ...input.signals].filter(({ quotes }) =>
    quotes.some((quote) => cited.some((each) => overlaps(quote, each))),
  );
  if (found.length > 0) return found.map(({ id }) => id);
  const about = evidence.flatMap((item) => (item.type === 'entry' ? [item.entry] : []));
  const targets = [...operations.flatMap((each) => ('file' in each ? [each.file] : [])), ...about].sort();
  const places = cited.map(({ session, event }) => `${session} ${event}`).sort();
  return [`claude:${sha256Hex(JSON.stringify([kind, targets, places])).slice(0, 12)}`];
}

/** The same words, or some of them: a long message teaches more than one thing. */
const overlaps = (a: Quote, b: Quote): boolean =>
  a.session === b.session && a.event === b.event && (a.quote.includes(b.quote) || b.quote.includes(a.quote));

function unique(evidence: readonly Evidence[]): Evidence[] {
  return [...new Map(evidence.map((item) => [keyOf(item), item])).values()];
}

const keyOf = (item: Evidence): string =>
  item.type === 'entry' ? `entry ${item.entry}` : JSON.stringify(item);
