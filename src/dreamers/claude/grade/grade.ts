/** The grader: every draft by the rubric, in a context of its own. */
import { z } from 'zod';
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft, Grade } from '../../../core/dream/proposal.ts';
import { entriesOf } from '../../../core/memory/operation.ts';
import { clip } from '../../../core/review/visible.ts';
import type { Mind } from '../../anthropic/mind.ts';
import { searchEntries } from '../consolidate/search.ts';
import type { StoreText } from '../consolidate/store-text.ts';
import { openDataBlocks } from '../data-block.ts';
import { evidenceLine, operationLine } from '../draft-text.ts';
import { promptOf } from '../prompt.ts';
import { askStructured } from '../structured-answer.ts';
import type { Rubric } from './rubric.ts';
import { overallOf } from './score.ts';

/** More in one request, and each gets less thought. */
const mostAtOnce = 4;
/** Tokens of an answer, what the model thinks to itself included. */
const answerTokens = 12_000;
const nearEntries = 6;

const answerSchema = z.object({
  proposals: z.array(
    z.object({
      number: z.number().int().describe('As it is given.'),
      criteria: z.array(
        z.object({
          name: z.string().describe('As the rubric has it.'),
          score: z.number().describe('From 0 to 1.'),
          why: z.string().describe('One sentence.'),
        }),
      ),
      advice: z.string(),
    }),
  ),
});
type Answered = z.infer<typeof answerSchema>['proposals'][number];

export interface Graded {
  readonly score: number;
  readonly criteria: Grade['criteria'];
  /** For whoever mends it. */
  readonly advice: string;
}

export interface GraderParts {
  readonly mind: Mind;
  readonly input: DreamInput;
  readonly store: StoreText;
  readonly rubric: Rubric;
  readonly random?: () => string;
}

export interface Gradable {
  readonly number: number;
  readonly draft: Draft;
}

/**
 * @param graded where grades go as they come, by number: what was paid for stays when a later request fails. Those that the
 * grader would not or could not grade are missing, also when it was asked again about them alone.
 * @throws as `askMind`.
 */
export async function gradeDrafts(
  parts: GraderParts,
  drafts: readonly Gradable[],
  graded: Map<number, Graded>,
): Promise<void> {
  const near = searchEntries(parts.input.store);
  const ask = async (some: readonly Gradable[]): Promise<void> => {
    for (const [number, grade] of await askGrader(parts, some, near)) graded.set(number, grade);
  };
  for (let from = 0; from < drafts.length; from += mostAtOnce)
    await ask(drafts.slice(from, from + mostAtOnce));
  // What was left out, or declined for the sake of another.
  for (const draft of drafts) if (!graded.has(draft.number)) await ask([draft]);
}

async function askGrader(
  { mind, input, store, rubric, random }: GraderParts,
  drafts: readonly Gradable[],
  near: ReturnType<typeof searchEntries>,
): Promise<ReadonlyMap<number, Graded>> {
  const blocks = openDataBlocks(random);
  const shown = drafts.map(({ number, draft }) => proposalText(input, store, number, draft, near));
  const request = {
    max_tokens: answerTokens,
    system: promptOf('grade', { marker: blocks.marker, rubric: rubric.text }),
    messages: [
      { role: 'user' as const, content: `${blocks.enclose(shown.join('\n\n'))}\n\nGrade each of them.` },
    ],
  };
  const doing = drafts.length === 1 ? 'grading a proposal' : `grading ${drafts.length} proposals`;
  const answer = await askStructured(mind, { phase: 'grade', doing, request }, answerSchema);
  if ('failed' in answer) return new Map();
  const wanted = new Set(drafts.map(({ number }) => number));
  return new Map(
    answer.value.proposals.flatMap((each) => {
      const grade = wanted.has(each.number) ? gradeOf(each, rubric) : undefined;
      return grade === undefined ? [] : [[each.number, grade] as const];
    }),
  );
}

/** A grade without a score for each criterion is none. */
function gradeOf({ criteria: said, advice }: Answered, { criteria: names }: Rubric): Graded | undefined {
  const criteria = names.flatMap((name) => {
    const found = said.find((each) => each.name.trim().toLowerCase() === name);
    if (found === undefined || !(found.score >= 0 && found.score <= 1)) return [];
    return [{ name, score: found.score, why: clip(found.why, 600) }];
  });
  if (criteria.length < names.length) return undefined;
  return { score: overallOf(criteria), criteria, advice: clip(advice, 1_000) };
}

function proposalText(
  { store: { entries } }: DreamInput,
  store: StoreText,
  number: number,
  { kind, lesson, rationale, operations, evidence, suggestion }: Draft,
  near: ReturnType<typeof searchEntries>,
): string {
  const touched = new Set(operations.flatMap(entriesOf));
  const written = operations.flatMap((operation) => ('text' in operation ? [operation.text] : []));
  const about = near(written.join('\n')).filter(({ id }) => !touched.has(id));
  const shown = [...[...touched].flatMap((id) => entries.get(id) ?? []), ...about.slice(0, nearEntries)];
  return [
    `=== Proposal ${number}: ${kind}${lesson === undefined ? '' : `, ${lesson}`}`,
    `Rationale: ${rationale}`,
    ...(suggestion === undefined ? [] : [`Suggested check: ${suggestion}`]),
    ...operations.map(operationLine),
    'Evidence:',
    ...evidence.map(evidenceLine),
    'Entries of memory that it touches or that are about the same:',
    ...(shown.length === 0 ? ['none'] : shown.map((entry) => store.entry(entry))),
  ].join('\n');
}
