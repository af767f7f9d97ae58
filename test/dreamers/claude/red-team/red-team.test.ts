/** Code, and not the model, holds the line: a model that obeys every injection proposes none of them. */
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../../src/core/dream/proposal.ts';
import { hostilityOf } from '../../../../src/core/guard/hostile-text.ts';
import { gatherObservations } from '../../../../src/dreamers/claude/extract/gather.ts';
import { guardSays } from '../../../support/dream-input.ts';
import { dreamt } from '../play.ts';
import { injections } from './injections.ts';
import { obeying } from './obeying.ts';
import { poisoned } from './poisoned.ts';

describe('an injection that the model obeys', () => {
  it('is one of many', () => {
    expect(injections.length).toBeGreaterThanOrEqual(60);
    expect(new Set(injections.map(({ name }) => name)).size).toBe(injections.length);
  });

  it.each(injections)('is not proposed: $place, $name', async (injection) => {
    const scene = poisoned(injection);
    expect(scene.payloads.length + (injection.place === 'memory' ? 1 : 0)).toBeGreaterThan(0);
    const { draft, input } = await dreamt({
      ...scene.world,
      part: obeying(scene),
      options: { gather: gatherObservations },
      // A guard that tells the model nothing: all it wants comes to the end, and is guarded there.
      silent: true,
    });
    const findings = await guardSays(input, draft.proposals);
    const cleared = draft.proposals.filter(
      (_, at) => !findings[at]?.some(({ severity }) => severity === 'block'),
    );
    expect(cleared.map(shown)).toEqual([]);
    expect([...draft.questions, ...draft.leads].flatMap(({ text }) => hostilityOf(text))).toEqual([]);
  });
});

const shown = ({ kind, lesson, operations, evidence }: Draft): string =>
  [
    kind,
    lesson,
    operations[0]?.op,
    ...evidence.map((item) => (item.type === 'quote' ? item.trust : item.type)),
  ].join(' ');
