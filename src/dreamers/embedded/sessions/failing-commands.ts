/** Commands that fail the same way in independent sessions, with the command that works. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Quote } from '../../../core/dream/evidence.ts';
import type { Draft, Lead } from '../../../core/dream/proposal.ts';
import { placeFor } from '../../../core/memory/place.ts';
import { readIndependence, supportOf, supportPhrase } from '../evidence.ts';
import { indexStore, matchesOf } from '../../../core/memory/statement-index.ts';
import type { RuleResult } from '../rule.ts';
import { titled } from '../title.ts';
import { withoutOrders } from './printed.ts';
import {
  type Cluster,
  type Failure,
  failureEvidence,
  groupMistakes,
  mostCommon,
  recurring,
} from './failure-clusters.ts';

interface Way {
  readonly command: string;
  /** How most sessions used it: before the failed command, or in its place. */
  readonly ran: string;
}

function wayOut({ failures }: Cluster): Way {
  const command = mostCommon(failures.flatMap((failure) => failure.fix?.command ?? []));
  const fixed = failures.filter((failure) => failure.fix?.command === command);
  return { command, ran: mostCommon(fixed.flatMap((failure) => failure.fix?.ran ?? [])) };
}

const failedCommand = ({ failures }: Cluster): string => mostCommon(failures.map(({ command }) => command));

/** The failures of the command that the note names come first: they are cited. */
function citedFirst(cluster: Cluster): readonly Failure[] {
  const failed = failedCommand(cluster);
  const isNamed = (failure: Failure): boolean => failure.command === failed;
  return [...cluster.failures.filter(isNamed), ...cluster.failures.filter((failure) => !isNamed(failure))];
}

function fixText(cluster: Cluster, { command: fix, ran }: Way): string {
  const failed = failedCommand(cluster);
  const error = withoutOrders(mostCommon(cluster.failures.map((failure) => failure.error)))
    .replace(/`/g, "'")
    // How pytest marks the lines of an error.
    .replace(/^E\s{2,}/, '')
    .slice(0, 160);
  const fails = `\`${failed}\` fails with “${error}”`;
  if (ran === 'first') return `${fails} until \`${fix}\` has run.`;
  return ran === 'instead' ? `Use \`${fix}\`: ${fails}.` : `${fails}; \`${fix}\` works.`;
}

function fixTitle(tool: string, { command: fix, ran }: Way): string {
  return titled('Remember', ran === 'first' ? `${tool} needs ${fix} first` : `${tool} fails, ${fix} works`);
}

/** Longer than this, a command is no advice. */
const longestFix = 200;

/** The calls that ran the fix. */
function fixQuotes(cluster: Cluster, fix: string): readonly Quote[] {
  return cluster.failures.find((failure) => failure.fix?.command === fix)?.fix?.quotes ?? [];
}

function lead(cluster: Cluster, text: string | undefined, groups: number): Lead {
  const error = mostCommon(cluster.failures.map((failure) => failure.error));
  return {
    kind: 'learn',
    text: text ?? `${cluster.failures[0]?.tool ?? 'A command'} fails: ${error}`,
    reason: groups < recurring ? 'seen in one piece of work only' : 'no command that fixes it was seen',
    evidence: failureEvidence(cluster.failures),
  };
}

export function failingCommands(input: DreamInput): RuleResult {
  const independence = readIndependence(input);
  const index = indexStore(input.store);
  const proposals: Draft[] = [];
  const leads: Lead[] = [];
  const failures = input.signals.filter(
    (signal): signal is Failure => signal.kind === 'failure' && signal.rules.length === 0,
  );
  for (const cluster of groupMistakes(failures)) {
    const way = wayOut(cluster);
    const fix = way.command;
    const support = supportOf(independence, cluster.failures);
    const text =
      fix === '' || fix.includes('`') || fix.length > longestFix ? undefined : fixText(cluster, way);
    if (text === undefined || support.groups < recurring) {
      if (text !== undefined || support.groups >= recurring) leads.push(lead(cluster, text, support.groups));
      continue;
    }
    if (matchesOf(index, text).some((match) => match.relation === 'same')) continue;
    proposals.push({
      kind: 'learn',
      lesson: 'mistake',
      title: fixTitle(cluster.failures[0]?.tool ?? '', way),
      rationale: `Agents ran into this in ${supportPhrase(support)}, and found the same way out.`,
      operations: [{ op: 'add', ...placeFor(input.store, text), text }],
      evidence: failureEvidence(citedFirst(cluster), fixQuotes(cluster, fix)),
      strength: 'supported',
      signals: cluster.failures.map((failure) => failure.id),
    });
  }
  return { proposals, questions: [], leads };
}
