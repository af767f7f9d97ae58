/** Notes that say the same with another value: evidence decides, else a person is asked. */
import { chosenTool, settlingTrace } from '../../../core/dream/chosen-tools.ts';
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Evidence } from '../../../core/dream/evidence.ts';
import type { Draft, Question } from '../../../core/dream/proposal.ts';
import type { Signal } from '../../../core/dream/signal.ts';
import { entryEvidence, writtenAt } from '../evidence.ts';
import type { RuleResult } from '../rule.ts';
import { readClaim } from '../../../core/text/claim/claim.ts';
import { isCompatible, isIdentical } from '../../../core/memory/context.ts';
import { speakOfOneThing } from '../../../core/memory/readers.ts';
import { type OpposedValues, opposedValues } from '../../../core/memory/opposed-values.ts';
import { likeness } from '../../../core/text/claim/same-claim.ts';
import { alikePairs, readStatements, type Statement } from '../../../core/memory/statements.ts';
import { plainTitle, topicOf } from './topic.ts';

interface Conflict {
  readonly a: Statement;
  readonly b: Statement;
  readonly values: OpposedValues;
}

interface Verdict {
  readonly right: Statement;
  readonly wrong: Statement;
  readonly because: string;
  readonly evidence: readonly Evidence[];
  readonly signals: readonly string[];
  readonly strength: Draft['strength'];
}

/**
 * Words from which a claim stands alone. A tool is chosen for the whole repository; bare numbers of one list are more
 * often its items ("Backend: 12", "Frontend: 8") than a contradiction.
 */
const leastWords = { choice: 3, negation: 3, number: 4, name: 4 };

export function conflicts(input: DreamInput): RuleResult {
  const asked = new Set<Statement>();
  const proposals: Draft[] = [];
  const questions: Question[] = [];
  for (const conflict of conflictsOf(input)) {
    if (asked.has(conflict.a) || asked.has(conflict.b)) continue;
    asked.add(conflict.a).add(conflict.b);
    const verdict = verdictOf(input, conflict);
    if (verdict === undefined) questions.push(questionOf(input, conflict));
    else proposals.push(draftOf(input, verdict));
  }
  return { proposals, questions, leads: [] };
}

function conflictsOf(input: DreamInput): Conflict[] {
  const statements = readStatements(input.store);
  return alikePairs(statements).flatMap(([a, b]): Conflict[] => {
    if (a.compound || b.compound || !speakOfOneThing(input.store, a.entry.file, b.entry.file)) return [];
    const shorter = a.claim.strong.size <= b.claim.strong.size ? a.claim : b.claim;
    const values = opposedValues(a, b);
    if (values === undefined) return [];
    const least = leastWords[values.kind];
    const inOneList =
      isIdentical(a.context, b.context) && a.entry.kind === 'item' && values.kind !== 'choice';
    if (!isCompatible(a.context, b.context, shorter, least) || (inOneList && shorter.strong.size < least))
      return [];
    return [{ a, b, values }];
  });
}

function verdictOf(input: DreamInput, conflict: Conflict): Verdict | undefined {
  const verdict = byRepository(input, conflict) ?? byPerson(input, conflict);
  // What goes must say nothing else.
  if (verdict === undefined || verdict.wrong.entry.keep || verdict.wrong.claim.clauses.length > 1)
    return undefined;
  return verdict;
}

function byRepository(input: DreamInput, { a, b, values }: Conflict): Verdict | undefined {
  if (values.kind !== 'choice') return undefined;
  const chosen = settlingTrace(input.repository, a.entry.text, b.entry.text);
  if (chosen === undefined) return undefined;
  const [right, wrong] = chosen.tool === values.a ? [a, b] : [b, a];
  return {
    right,
    wrong,
    because: `The repository has ${chosen.path}, which only ${chosen.tool} reads.`,
    evidence: [{ type: 'fact', fact: 'exists', path: chosen.path }],
    signals: [],
    // The file shows which tool is in use, not that nobody wants the other.
    strength: 'supported',
  };
}

/** What a person said after both were written. */
function byPerson(input: DreamInput, { a, b }: Conflict): Verdict | undefined {
  const [writtenA, writtenB] = [writtenAt(input, a.entry), writtenAt(input, b.entry)];
  if (writtenA === undefined || writtenB === undefined) return undefined;
  const later = input.signals.filter(
    (signal): signal is Extract<Signal, { kind: 'statement' | 'request' }> =>
      (signal.kind === 'statement' || signal.kind === 'request') &&
      signal.at !== undefined &&
      signal.at > writtenA &&
      signal.at > writtenB &&
      signal.quotes.some((quote) => quote.trust === 'person'),
  );
  const supporting = (side: Statement): typeof later =>
    later.filter((signal) => {
      const relation = likeness(readClaim(signal.text), side.claim, true);
      return relation === 'same' || relation === 'first';
    });
  const [forA, forB] = [supporting(a), supporting(b)];
  if (forA.length > 0 === forB.length > 0) return undefined;
  const [right, wrong, signals] = forA.length > 0 ? [a, b, forA] : [b, a, forB];
  return {
    right,
    wrong,
    because: 'A person said so after both were written.',
    evidence: signals
      .flatMap((signal) => signal.quotes.filter((quote) => quote.trust === 'person'))
      .slice(0, 3),
    signals: signals.map((signal) => signal.id),
    strength: 'supported',
  };
}

function draftOf(input: DreamInput, { right, wrong, because, evidence, signals, strength }: Verdict): Draft {
  return {
    kind: 'correct',
    title: `Settle two notes on ${topicOf(right.entry)}`,
    rationale: `Two notes contradict each other. ${because} The other one goes.`,
    operations: [{ op: 'retire', entry: wrong.entry.id }],
    evidence: [...evidence, entryEvidence(input, wrong.entry), entryEvidence(input, right.entry)],
    strength,
    signals: signals.length > 0 ? [...signals] : [`store:conflicts:${wrong.entry.id},${right.entry.id}`],
  };
}

function questionOf(input: DreamInput, { a, b, values }: Conflict): Question {
  const which =
    values.kind === 'negation'
      ? 'One says it, the other denies it'
      : `One says ${plainTitle(values.a)}, the other ${plainTitle(values.b)}`;
  return {
    text: `Which holds for ${topicOf(a.entry)}? ${which}: ${placed(input, a)}, ${placed(input, b)}.${hintOf(input, values)}`,
    entries: [a.entry.id, b.entry.id],
    evidence: [entryEvidence(input, a.entry), entryEvidence(input, b.entry)],
  };
}

/** What the repository shows of it; for a part of it that is no proof. */
function hintOf({ repository }: DreamInput, values: OpposedValues): string {
  const trace = values.kind === 'choice' ? chosenTool(repository, values.a, values.b) : undefined;
  return trace === undefined ? '' : ` The repository has ${trace.path}, which only ${trace.tool} reads.`;
}

function placed(input: DreamInput, { entry }: Statement): string {
  const at = writtenAt(input, entry)?.slice(0, 10);
  return `${entry.file}:${entry.lines[0]}${at === undefined ? '' : ` (${at})`}`;
}
