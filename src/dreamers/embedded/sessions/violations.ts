/** Commands that memory forbids and sessions run all the same. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft } from '../../../core/dream/proposal.ts';
import type { SignalOf } from '../../../core/dream/signal.ts';
import type { Entry } from '../../../core/memory/entry.ts';
import {
  entryEvidence,
  writtenAt,
  quotesFrom,
  readIndependence,
  supportOf,
  supportPhrase,
} from '../evidence.ts';
import type { RuleResult } from '../rule.ts';
import { titled } from '../title.ts';

const forbids =
  /\b(?:never|do not|don['’]t|avoid|not|instead of|rather than)\b(?: (?:use|run|call|ever|with|the|just|plain|bare))*\s+`([^`\n]{2,60})`/gi;
const forbidding = /\b(?:do not|don['’]t|never|avoid|forbidden)\b/i;

/** Commands that an entry forbids, as it writes them. */
function forbidden(entry: Entry): string[] {
  const named = [...entry.text.matchAll(forbids)].flatMap((match) => match[1] ?? []);
  const listed =
    entry.leadIn !== undefined && forbidding.test(entry.leadIn)
      ? /^`([^`\n]{2,60})`/.exec(entry.text)?.[1]
      : undefined;
  return [...named, ...(listed === undefined ? [] : [listed])];
}

function runsOf(signals: readonly SignalOf<'commands'>[], command: string): SignalOf<'commands'>[] {
  return signals.flatMap((signal) => {
    const quotes = signal.quotes.filter((_, at) => {
      const step = signal.steps[at] ?? '';
      return step === command || step.startsWith(`${command} `);
    });
    return quotes.length === 0 ? [] : [{ ...signal, quotes }];
  });
}

export function violations(input: DreamInput): RuleResult {
  const independence = readIndependence(input);
  const commands = input.signals.filter((signal) => signal.kind === 'commands');
  const proposals = [...input.store.entries.values()].flatMap((entry): Draft[] => {
    const written = writtenAt(input, entry);
    return forbidden(entry).flatMap((command) => {
      const runs = runsOf(commands, command).filter(
        (signal) => written === undefined || (signal.at ?? '') > written,
      );
      const support = supportOf(independence, runs);
      if (support.groups < 2) return [];
      return [
        {
          kind: 'enforce' as const,
          title: titled('Enforce', entry.text),
          rationale: `The note forbids \`${command}\`, and agents ran it in ${supportPhrase(support)}${written === undefined ? '' : ` since it was written on ${written.slice(0, 10)}`}.`,
          operations: [],
          evidence: [entryEvidence(input, entry), ...quotesFrom(runs)],
          strength: 'proved' as const,
          signals: runs.map((signal) => signal.id),
          suggestion: `Refuse \`${command}\` by a hook before the agent's shell calls, or by a check in CI.`,
        },
      ];
    });
  });
  return { proposals, questions: [], leads: [] };
}
