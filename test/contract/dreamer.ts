/** What every dreamer promises, whatever it thinks with. A new one needs one line in dreamer.test.ts. */
import { describe, expect, it, vi } from 'vitest';
import type { Dreamer, DreamInput } from '../../src/core/dream/dreamer.ts';
import { leadSchema, proposalSchema, questionSchema, type Proposal } from '../../src/core/dream/proposal.ts';
import { clearProposals } from '../../src/core/guard/check.ts';
import { entriesOf } from '../../src/core/memory/operation.ts';
import { renderProposals } from '../../src/core/memory/render.ts';
import { createRedactor } from '../../src/core/sessions/redact.ts';
import { dreamInput } from '../support/dream-input.ts';
import { goldenCases } from '../support/golden-case.ts';
import { play, type Played } from '../support/golden-play.ts';

vi.setConfig({ testTimeout: 60_000 });

/** @param make a dreamer that needs no network: a model is played by its recorded answers. */
export function testDreamer(name: string, make: () => Dreamer): void {
  describe(`the ${name} dreamer`, () => {
    it('says who it is', () => expect(make().name).toBe(name));

    it('has nothing to propose where nothing is remembered and nothing happened', async () => {
      const { proposals, questions } = await make().dream(dreamInput({ memory: {} }));
      expect([proposals, questions]).toEqual([[], []]);
    });

    describe.each(goldenCases())('over $name', (golden) => {
      let once: Promise<Played> | undefined;
      const played = (): Promise<Played> => (once ??= play(golden, make()));

      it('answers in the shapes that are kept', async () => {
        const { draft } = await played();
        for (const proposal of numbered(draft.proposals)) {
          expect(proposalSchema.parse(proposal)).toEqual(proposal);
          expect(proposal.signals).not.toEqual([]);
        }
        for (const question of draft.questions) expect(questionSchema.parse(question)).toEqual(question);
        for (const lead of draft.leads) expect(leadSchema.parse(lead)).toEqual(lead);
      });

      it('addresses entries of the base, none of them twice', async () => {
        const { draft, input } = await played();
        const touched = draft.proposals.flatMap(({ operations }) => operations.flatMap(entriesOf));
        const asked = draft.questions.flatMap(({ entries }) => entries);
        expect([...touched, ...asked].filter((id) => !input.store.entries.has(id))).toEqual([]);
        expect(touched.length).toBe(new Set(touched).size);
      });

      it('proposes what passes the guard and renders, or is withheld with a reason', async () => {
        const { draft, input } = await played();
        const { cleared, withheld } = await guarded(input, numbered(draft.proposals));
        expect(cleared.length + withheld.length).toBe(draft.proposals.length);
        expect(() => renderProposals(input.store, cleared)).not.toThrow();
        for (const { findings } of withheld) {
          const reasons = findings.filter(({ severity }) => severity === 'block');
          expect(reasons.map(({ message }) => message)).not.toEqual([]);
        }
      });

      it('quotes what was said, where it was said', async () => {
        const { draft, input } = await played();
        const all = [...draft.proposals, ...draft.questions, ...draft.leads];
        for (const item of all.flatMap(({ evidence }) => evidence)) {
          if (item.type !== 'quote') continue;
          const events = (await input.readSession(item.session))?.events ?? [];
          const spans = events.find(({ n }) => n === item.event)?.spans ?? [];
          const said = spans.filter(({ trust }) => trust === item.trust).map(({ text }) => text);
          expect(said.join('\n')).toContain(item.quote);
        }
      });

      it('answers the same again, and changes nothing that it was given', async () => {
        const { draft, input } = await played();
        const before = contentOf(input);
        expect(await make().dream(input)).toEqual(draft);
        expect(contentOf(input)).toEqual(before);
      });
    });
  });
}

const numbered = (drafts: Played['draft']['proposals']): Proposal[] =>
  drafts.map((draft, at) => ({ ...draft, number: at + 1 }));

function guarded(input: DreamInput, proposals: readonly Proposal[]) {
  const past = { journals: [], decisions: input.decisions };
  return clearProposals({ store: input.store, proposals, input, past, redactor: createRedactor() });
}

/** A copy of all data of an input. */
function contentOf(input: DreamInput): unknown {
  const means = ['signal', 'purse', 'notes'];
  const data = Object.entries(input).filter(
    ([key, value]) => typeof value !== 'function' && !means.includes(key),
  );
  return structuredClone(Object.fromEntries(data));
}
