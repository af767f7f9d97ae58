/** The mind without a model: rules that propose only what they can prove; all else becomes leads. Deterministic. */
import type { Dreamer, DreamDraft, DreamInput } from '../../core/dream/dreamer.ts';
import type { Draft } from '../../core/dream/proposal.ts';
import { entriesOf } from '../../core/memory/operation.ts';
import { shareOf } from '../../core/text/claim/bearing.ts';
import { similarity } from '../../core/text/similarity.ts';
import { stems } from '../../core/text/words.ts';
import type { Rule } from './rule.ts';
import { changedValues } from './sessions/changed-values.ts';
import { locations } from './sessions/locations.ts';
import { lostEdits } from './sessions/lost-edits.ts';
import { failingCommands } from './sessions/failing-commands.ts';
import { linterRules } from './sessions/linter-rules.ts';
import { repeatedAsks } from './sessions/repeated-asks.ts';
import { refutations } from './sessions/refutations.ts';
import { requests } from './sessions/requests.ts';
import { violations } from './sessions/violations.ts';
import { workflows } from './sessions/workflows.ts';
import { storeRules } from './store/rules.ts';

/** In the order of their worth where two proposals want the same entry. */
const rules: readonly Rule[] = [
  refutations,
  changedValues,
  lostEdits,
  requests,
  linterRules,
  failingCommands,
  repeatedAsks,
  violations,
  workflows,
  ...storeRules,
  locations,
];

/** How much a reviewer gains, by kind; what is wrong in memory does more harm than what is missing. */
const worth: Readonly<Record<Draft['kind'], number>> = {
  correct: 60,
  retire: 55,
  learn: 40,
  enforce: 44,
  merge: 25,
  promote: 20,
  reorganise: 10,
};
const lessonWorth: Readonly<Record<NonNullable<Draft['lesson']>, number>> = {
  request: 18,
  'lost-edit': 17,
  mistake: 12,
  preference: 10,
  decision: 10,
  workflow: 6,
  fact: 5,
  location: 0,
};
const strengthWorth: Readonly<Record<Draft['strength'], number>> = { proved: 6, supported: 3, suggested: 0 };

function worthOf(draft: Draft): number {
  const sessions = new Set(draft.evidence.flatMap((item) => (item.type === 'quote' ? [item.session] : [])))
    .size;
  const lesson = draft.lesson === undefined ? 0 : lessonWorth[draft.lesson];
  return worth[draft.kind] + lesson + strengthWorth[draft.strength] + Math.min(sessions, 5);
}

/** The text a draft would add, if it adds. */
function addedText(draft: Draft): string {
  return draft.operations.flatMap((operation) => ('text' in operation ? [operation.text] : [])).join('\n');
}

/** Two drafts that would write the same; the better one stays. */
const sameText = 0.75;

/** Of two rules that people stated, the shorter says nothing of its own. What is in it is in the other, "not" or not. */
const againShare = 2 / 3;
const leastWords = 3;
const framing = new Set(
  stems('always never not ever every each only must should need project repo team agent'),
);

function saysAgain(one: Draft, other: Draft): boolean {
  if (![one, other].every(({ lesson }) => lesson !== undefined && stated.has(lesson))) return false;
  const [shorter, longer] = [one, other]
    .map((draft) => [...new Set(stems(addedText(draft)))].filter((stem) => !framing.has(stem)))
    .sort((a, b) => a.length - b.length);
  if (shorter === undefined || longer === undefined || shorter.length < leastWords) return false;
  return shareOf(shorter, new Set(longer)) >= againShare;
}

const stated: ReadonlySet<NonNullable<Draft['lesson']>> = new Set(['preference', 'decision']);

/** The words of people that a draft rests on. */
function saidFor(draft: Draft): string[] {
  return draft.evidence.flatMap((item) =>
    item.type === 'quote' && (item.trust === 'person' || item.trust === 'claimed')
      ? [`${item.session}\0${item.event}\0${item.quote}`]
      : [],
  );
}

/** Best first; no entry in two drafts, no lesson twice, no note enforced twice, no words answered twice. */
function arbitrate(drafts: readonly Draft[]): Draft[] {
  const taken = new Set<string>();
  const kept: Draft[] = [];
  const ranked = drafts
    .map((draft, at) => ({ draft, at }))
    .sort((a, b) => worthOf(b.draft) - worthOf(a.draft) || a.at - b.at)
    .map(({ draft }) => draft);
  for (const draft of ranked) {
    const touched = draft.operations.flatMap(entriesOf);
    const about =
      draft.kind === 'enforce'
        ? draft.evidence.flatMap((item) => (item.type === 'entry' ? [item.entry] : []))
        : [];
    const text = addedText(draft);
    const repeated =
      text !== '' &&
      kept.some((other) => similarity(addedText(other), text) >= sameText || saysAgain(other, draft));
    const said = saidFor(draft);
    const answered = draft.lesson !== 'request' && said.length > 0 && said.every((words) => taken.has(words));
    if ([...touched, ...about].some((id) => taken.has(id)) || repeated || answered) continue;
    [...touched, ...about, ...said].forEach((id) => taken.add(id));
    kept.push(draft);
  }
  return kept;
}

export const embeddedDreamer: Dreamer = {
  name: 'embedded',
  paid: false,
  dream(input: DreamInput): Promise<DreamDraft> {
    const results = rules.map((rule) => rule(input));
    return Promise.resolve({
      proposals: arbitrate(results.flatMap((result) => result.proposals)),
      questions: results.flatMap((result) => result.questions),
      leads: results.flatMap((result) => result.leads),
    });
  },
};
