/** Recurring mistakes with the fix that worked: rule ids of linters, and commands that fail the same way. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft, Lead } from '../../../core/dream/proposal.ts';
import type { SignalOf } from '../../../core/dream/signal.ts';
import { placeFor } from '../../../core/memory/place.ts';
import type { Entry } from '../../../core/memory/entry.ts';
import {
  entryEvidence,
  type Independence,
  originOf,
  quotesFrom,
  readIndependence,
  supportOf,
  supportPhrase,
} from '../evidence.ts';
import { entriesNaming, indexStore, matchesOf, type StoreIndex } from '../known.ts';
import type { RuleResult } from '../rule.ts';
import { titled } from '../title.ts';

type Failure = SignalOf<'failure'>;

/** Independent pieces of work in which a mistake must have been made. */
const recurring = 2;
/** Rules told in one proposal; the most frequent first. */
const rulesAtOnce = 4;

/** Compilers' complaints about code that is being written; their ids name no habit. */
const compilerRule =
  /^(?:typecheck|TS(?:2304|2339|2345|2322|2307|7006|7031|18048|2532|6133|1005)|E0\d{3}|syntax|parse-error)$/i;

interface Cluster {
  readonly key: string;
  readonly failures: readonly Failure[];
}

function groupBy(failures: readonly Failure[], key: (failure: Failure) => string | undefined): Cluster[] {
  const groups = new Map<string, Failure[]>();
  for (const failure of failures) {
    const name = key(failure);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [failure]);
    else group.push(failure);
  }
  return [...groups].map(([name, members]) => ({ key: name, failures: members }));
}

/** The most frequent value, ties by code unit. */
function mostCommon(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? '';
}

function plainTemplate(template: string): string {
  return template
    .replace(/“…”/g, '…')
    .replace(/<n>/g, 'N')
    .replace(/<path>/g, '…')
    .replace(/<[a-z]+>/g, '…')
    .replace(/\s+/g, ' ')
    .slice(0, 160);
}

/** The edit that made a finding go away, as it can be told: the line before and after. */
function fixedLine(failures: readonly Failure[]): string | undefined {
  const edits = failures.flatMap((failure) => (failure.fix?.edit === undefined ? [] : [failure.fix.edit]));
  const shortest = [...edits]
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    .find((edit) => edit.startsWith('- '));
  const [before, after] = shortest?.split('\n+ ') ?? [];
  if (before === undefined || after === undefined || before.includes('`') || after.includes('`'))
    return undefined;
  return `\`${before.slice(2)}\` became \`${after}\``;
}

/** What all messages of a rule have in common at their beginning, cut at the end of a clause. */
function commonMessage(templates: readonly string[]): string {
  const [first = [], ...others] = templates.map((template) => template.split(' '));
  const differs = first.findIndex((word, at) => others.some((other) => other[at] !== word));
  if (differs < 0) return plainTemplate(first.join(' '));
  const clause = first
    .slice(0, differs)
    .join(' ')
    .replace(/[:;,(][^:;,(]*$/, '');
  return clause.split(' ').length >= 3 ? plainTemplate(clause) : plainTemplate(mostCommon(templates));
}

function ruleText(cluster: Cluster, tool: string): string {
  const message = commonMessage(cluster.failures.map((failure) => failure.template));
  const fix = fixedLine(cluster.failures);
  return `\`${tool}\` rejects \`${cluster.key}\`: ${message.replace(/[.\s]+$/, '')}${fix === undefined ? '.' : ` (fixed before: ${fix}).`}`;
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
  const place = placeFor(input.store, `${tool} lint ${names.join(' ')}`);
  return {
    kind: 'learn',
    lesson: 'mistake',
    title: titled('Remember', `what ${tool} keeps rejecting, ${names.join(', ')}`),
    rationale: `Agents broke ${names.length === 1 ? 'this rule' : 'these rules'} in ${supportPhrase(support)} and had to come back each time.`,
    operations: clusters.map((cluster) => ({ op: 'add', ...place, text: ruleText(cluster, tool) })),
    evidence: clusters.flatMap((cluster) => quotesFrom(withFixes(cluster.failures), 3)),
    strength: 'supported',
    signals: failures.map((failure) => failure.id),
  };
}

/** The quotes of a fix count as quotes of its failure. */
function withFixes(failures: readonly Failure[]): Failure[] {
  return failures.map((failure) => ({
    ...failure,
    quotes: [...failure.quotes, ...(failure.fix?.quotes ?? [])],
  }));
}

function enforceRules(
  input: DreamInput,
  entry: Entry,
  clusters: readonly Cluster[],
  independence: Independence,
): Draft | undefined {
  const written = originOf(input, entry)?.at;
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
  return groupBy(failures, (failure) => failure.rules.find((rule) => !compilerRule.test(rule)))
    .filter((cluster) => supportOf(independence, cluster.failures).groups >= recurring)
    .sort(
      (a, b) =>
        supportOf(independence, b.failures).groups - supportOf(independence, a.failures).groups ||
        (a.key < b.key ? -1 : 1),
    );
}

function linterRules(input: DreamInput, independence: Independence): Draft[] {
  const clusters = ruleClusters(input, independence);
  const unknown = clusters.filter((cluster) => entriesNaming(input.store, cluster.key).length === 0);
  const known = clusters.flatMap((cluster) => {
    const entry = entriesNaming(input.store, cluster.key)[0];
    return entry === undefined ? [] : [{ entry, cluster }];
  });
  const byTool = groupBy(
    unknown.flatMap((cluster) => cluster.failures),
    (failure) => failure.tool,
  );
  const tools = new Set(
    byTool.map((group) => mostCommon(group.failures.map((failure) => failure.tool.split(' ')[0] ?? ''))),
  );
  const learned = [...tools].flatMap((head) => {
    const ofTool = unknown
      .filter((cluster) => linterOf([cluster]).split(' ')[0] === head)
      .slice(0, rulesAtOnce);
    return ofTool.length === 0 ? [] : [learnRules(input, ofTool, independence)];
  });
  const entries = new Map(known.map(({ entry }) => [entry.id, entry]));
  const enforced = [...entries.values()].flatMap((entry) => {
    const clustersOf = known.filter((item) => item.entry.id === entry.id).map((item) => item.cluster);
    return enforceRules(input, entry, clustersOf, independence) ?? [];
  });
  return [...learned, ...enforced];
}

function fixText(cluster: Cluster, fix: string): string {
  const failed = mostCommon(cluster.failures.map((failure) => failure.command));
  const error = mostCommon(cluster.failures.map((failure) => failure.error))
    .replace(/`/g, "'")
    .slice(0, 160);
  return `\`${failed}\` fails with “${error}”; \`${fix}\` works.`;
}

function commandFixes(
  input: DreamInput,
  index: StoreIndex,
  independence: Independence,
): { proposals: Draft[]; leads: Lead[] } {
  const proposals: Draft[] = [];
  const leads: Lead[] = [];
  const failures = input.signals.filter((signal) => signal.kind === 'failure' && signal.rules.length === 0);
  for (const cluster of groupBy(
    failures.filter((signal) => signal.kind === 'failure'),
    (failure) => `${failure.tool}\n${failure.template}`,
  )) {
    const fixes = cluster.failures.flatMap((failure) =>
      failure.fix?.command === undefined ? [] : [failure.fix.command],
    );
    const support = supportOf(independence, cluster.failures);
    const fix = mostCommon(fixes);
    const text = fix === '' ? undefined : fixText(cluster, fix);
    if (text === undefined || support.groups < recurring || fix.includes('`') || fix.length > 200) {
      if (support.groups >= recurring || fixes.length > 0) {
        const error = mostCommon(cluster.failures.map((failure) => failure.error));
        const reason =
          support.groups < recurring ? 'seen in one piece of work only' : 'no command that fixes it was seen';
        leads.push({
          kind: 'learn',
          text: text ?? `${cluster.failures[0]?.tool ?? 'A command'} fails: ${error}`,
          reason,
          evidence: quotesFrom(withFixes(cluster.failures), 3),
        });
      }
      continue;
    }
    if (matchesOf(index, text).some((match) => match.relation === 'same')) continue;
    proposals.push({
      kind: 'learn',
      lesson: 'mistake',
      title: titled('Remember', `${cluster.failures[0]?.tool ?? ''} fails, ${fix} works`),
      rationale: `Agents ran into this in ${supportPhrase(support)}, and found the same way out.`,
      operations: [{ op: 'add', ...placeFor(input.store, text), text }],
      evidence: quotesFrom(withFixes(cluster.failures)),
      strength: 'supported',
      signals: cluster.failures.map((failure) => failure.id),
    });
  }
  return { proposals, leads };
}

export function mistakes(input: DreamInput): RuleResult {
  const independence = readIndependence(input);
  const commands = commandFixes(input, indexStore(input.store), independence);
  return {
    proposals: [...linterRules(input, independence), ...commands.proposals],
    questions: [],
    leads: commands.leads,
  };
}
