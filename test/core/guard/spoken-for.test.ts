import { describe, expect, it } from 'vitest';
import { evidence } from '../../../src/core/guard/evidence.ts';
import { aGuardContext, sayings } from '../../support/guard.ts';

/** How severe the guard finds it that a text is learned from a person's words, of which some are quoted. */
async function severities(text: string, said: string, quoted = said): Promise<string[]> {
  const saying = [{ session: 's1', text: said }];
  const quotes = sayings(saying).quotes.map((quote) => ({ ...quote, quote: quoted }));
  const operations = [{ op: 'add' as const, file: 'CLAUDE.md', text }];
  const ctx = aGuardContext(
    { kind: 'learn', lesson: 'request', operations, evidence: quotes },
    { said: saying },
  );
  return (await evidence.check(ctx)).map(({ severity }) => severity);
}

describe('what is learned from words', () => {
  it('is what they say', async () => {
    const said = 'remember: use the cursor helper for lists';
    expect(await severities('Use the cursor helper for lists.', said)).toEqual([]);
  });

  it('is not something else, however explicit they are', async () => {
    const said = 'please remember to describe each new endpoint in `docs/openapi.yaml`';
    expect(await severities('Add a row to `data/fees.csv` for each new fee.', said)).toEqual(['block']);
    expect(await severities('Return early with a guard clause.', said)).toEqual(['block']);
  });

  it('is looked at when the words say only a part of it', async () => {
    const said = 'remember to use the cursor helper';
    const text = 'Use the cursor helper for lists of payments, refunds and letters in every service.';
    expect(await severities(text, said)).toEqual(['review']);
  });

  it('may stand in what the person said beside the words quoted', async () => {
    const said = 'We page by cursor with the cursor helper. Remember that.';
    const text = 'Page by cursor with the cursor helper.';
    expect(await severities(text, said, 'Remember that.')).toEqual([]);
  });
});
