/** Where things are that agents search for again and again. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { SignalOf } from '../../../core/dream/signal.ts';
import { placeFor } from '../../../core/memory/place.ts';
import { quotesFrom, readIndependence, supportOf, supportPhrase } from '../evidence.ts';
import type { RuleResult } from '../rule.ts';
import { titled } from '../title.ts';

/** Searches by independent pieces of work after which a note would have paid. */
const worthANote = 4;
const noticed = 2;

export function locations(input: DreamInput): RuleResult {
  const independence = readIndependence(input);
  const byFind = new Map<string, SignalOf<'lookup'>[]>();
  for (const signal of input.signals) {
    if (signal.kind !== 'lookup') continue;
    const key = `${signal.query}\0${signal.found[0] ?? ''}`;
    byFind.set(key, [...(byFind.get(key) ?? []), signal]);
  }
  const found = [...byFind.values()].flatMap((signals) => {
    const [first] = signals;
    const path = first?.found[0];
    const support = supportOf(independence, signals);
    if (first === undefined || path === undefined || support.groups < noticed) return [];
    if (input.store.files.some((file) => file.text.includes(path))) return [];
    return [
      {
        signals,
        support,
        text: `\`${first.query}\` is in \`${path}\`.`,
        live: input.repository.paths.has(path),
      },
    ];
  });
  const proved = found.filter(({ support, live }) => support.groups >= worthANote && live);
  return {
    proposals: proved.map(({ signals, support, text }) => ({
      kind: 'learn',
      lesson: 'location',
      title: titled('Remember', text),
      rationale: `Agents searched for it in ${supportPhrase(support)}.`,
      operations: [{ op: 'add', ...placeFor(input.store, text), text }],
      evidence: quotesFrom(signals),
      strength: 'supported',
      signals: signals.map((signal) => signal.id),
    })),
    questions: [],
    leads: found
      .filter((item) => !proved.includes(item))
      .map(({ signals, support, text }) => ({
        kind: 'learn',
        text,
        reason: `searched for in ${supportPhrase(support)}; not often enough to be worth a note`,
        evidence: quotesFrom(signals, 2),
      })),
  };
}
