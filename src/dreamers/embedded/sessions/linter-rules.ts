/** What linters keep rejecting in agents' work, by rule id, with the fix that worked. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft } from '../../../core/dream/proposal.ts';
import type { Entry } from '../../../core/memory/entry.ts';
import { placeFor } from '../../../core/memory/place.ts';
import {
  entryEvidence,
  type Independence,
  writtenAt,
  quotesFrom,
  readIndependence,
  supportOf,
  supportPhrase,
} from '../evidence.ts';
import { entriesNaming } from '../../../core/memory/statement-index.ts';
import type { RuleResult } from '../rule.ts';
import { titled } from '../title.ts';
import { type Cluster, failureEvidence, groupBy, mostCommon, recurring } from './failure-clusters.ts';
import { commonMessage, fixedLine } from './linter-message.ts';
import { withoutOrders } from './printed.ts';

/** Rules told in one proposal; the most frequent first. */
const rulesAtOnce = 4;

/** Compilers' complaints about code that is being written; their ids name no habit. */
const compilerRule =
  /^(?:typecheck|TS(?:2304|2339|2345|2322|2307|7006|7031|18048|2532|6133|1005)|E0\d{3}|syntax|parse-error)$/i;

function ruleText(cluster: Cluster, tool: string): string {
  const message = withoutOrders(commonMessage(cluster.failures.map((failure) => failure.template)));
  const fix = fixedLine(cluster.failures);
  return `\`${tool}\` rejects \`${cluster.key}\`: ${message.replace(/[.\s]+$/, '')}${fix === undefined ? '.' : ` (fixed before: ${fix.text}).`}`;
}

function linterOf(clusters: readonly Cluster[]): string {
  return mostCommon(clusters.flatMap((cluster) => cluster.failures.map((failure) => failure.tool)));
}

/** One proposal for what one linter keeps finding, an entry for each rule. */
function learnRules(input: DreamInput, clusters: readonly Cluster[], independence: Independence): Draft {
  const tool = linterOf(clusters);
  const failures = clusters.flatMap((cluster) => cluster.failures);
  const support = supportOf(independence, failures);
  const names = clusters.map((cluster) => cluster.key);
  const place = placeFor(input.store, `${tool} lint linting`);
  return {
    kind: 'learn',
    lesson: 'mistake',
    title: titled('Remember', `what ${tool} keeps rejecting, ${names.join(', ')}`),
    rationale: `Agents broke ${names.length === 1 ? 'this rule' : 'these rules'} in ${supportPhrase(support)} and had to come back each time.`,
    operations: clusters.map((cluster) => ({ op: 'add', ...place, text: ruleText(cluster, tool) })),
    evidence: clusters.flatMap((cluster) =>
      failureEvidence(cluster.failures, fixedLine(cluster.failures)?.quotes),
    ),
    strength: 'supported',
    signals: failures.map((failure) => failure.id),
  };
}

function enforceRules(
  input: DreamInput,
  entry: Entry,
  clusters: readonly Cluster[],
  independence: Independence,
): Draft | undefined {
  const written = writtenAt(input, entry);
  const failures = clusters
    .flatMap((cluster) => cluster.failures)
    .filter((failure) => written === undefined || (failure.at ?? '') > written);
  const support = supportOf(independence, failures);
  if (support.groups < recurring) return undefined;
  const tool = linterOf(clusters);
  const names = clusters.map((cluster) => cluster.key).join(', ');
  return {
    kind: 'enforce',
    title: titled('Enforce', entry.text),
    rationale: `The note is written, and \`${tool}\` still had to reject ${names} in ${supportPhrase(support)}.`,
    operations: [],
    evidence: [entryEvidence(input, entry), ...quotesFrom(failures)],
    strength: 'supported',
    signals: failures.map((failure) => failure.id),
    suggestion: `Run \`${tool}\` by itself after each edit (an agent hook or a pre-commit hook), so that the note need not be remembered.`,
  };
}

function ruleClusters(input: DreamInput, independence: Independence): Cluster[] {
  const failures = input.signals.filter((signal) => signal.kind === 'failure');
  const groups = (cluster: Cluster): number => supportOf(independence, cluster.failures).groups;
  return groupBy(failures, (failure) => failure.rules.find((rule) => !compilerRule.test(rule)))
    .filter((cluster) => groups(cluster) >= recurring)
    .sort((a, b) => groups(b) - groups(a) || (a.key < b.key ? -1 : 1));
}

/** `mise run lint` and `mise run check` are one linter's ways in. */
function programOf(cluster: Cluster): string {
  return linterOf([cluster]).split(' ')[0] ?? '';
}

/** An entry that asks for code the linter has nothing to say about. */
const lintClean =
  /\blint[- ]?(?:compliant|clean|free)\b|\b(?:pass(?:es)?|satisf(?:y|ies)|conforms? to|no|zero|without)\b[^.]{0,40}\b(?:lint\w*|warnings)\b/i;

export function linterRules(input: DreamInput): RuleResult {
  const independence = readIndependence(input);
  const clusters = ruleClusters(input, independence);
  const known = new Map<string, { entry: Entry; clusters: Cluster[] }>();
  const unknown: Cluster[] = [];
  for (const cluster of clusters) {
    const [entry] = entriesNaming(input.store, cluster.key);
    if (entry === undefined) unknown.push(cluster);
    else known.set(entry.id, { entry, clusters: [...(known.get(entry.id)?.clusters ?? []), cluster] });
  }
  const clean = [...input.store.entries.values()].find(
    (entry) => entry.kind !== 'lead-in' && lintClean.test(entry.text),
  );
  if (clean !== undefined && !known.has(clean.id)) known.set(clean.id, { entry: clean, clusters });
  const learned = [...new Set(unknown.map(programOf))].map((program) =>
    learnRules(
      input,
      unknown.filter((cluster) => programOf(cluster) === program).slice(0, rulesAtOnce),
      independence,
    ),
  );
  const enforced = [...known.values()].flatMap(
    ({ entry, clusters: broken }) => enforceRules(input, entry, broken, independence) ?? [],
  );
  return { proposals: [...learned, ...enforced], questions: [], leads: [] };
}
