import { describe, expect, it } from 'vitest';
import { embeddedDreamer } from '../../../src/dreamers/embedded/dreamer.ts';
import { dreamInput } from '../../support/dream-input.ts';
import { storedSession } from '../../support/stored-session.ts';

/** What is learned from what people said, each in a session of its own. */
async function learned(...said: readonly string[]): Promise<string[]> {
  const sessions = said.map((words, at) =>
    storedSession(`s${at}`, ['fix the header', 'Done.', words, 'Right.']),
  );
  const { proposals } = await embeddedDreamer.dream(
    dreamInput({ memory: { 'CLAUDE.md': '# Notes\n' }, sessions }),
  );
  return proposals.flatMap(({ operations }) =>
    operations.flatMap((each) => ('text' in each ? [each.text] : [])),
  );
}

describe('a rule that people state twice in a dream', () => {
  it('is proposed once, in whatever words', async () => {
    const texts = await learned(
      'We never ever create invoices without a currency in this project.',
      'No, always create every invoice with a currency, as we all do.',
    );
    expect(texts).toHaveLength(1);
  });

  it('is not one with another about the same things', async () => {
    const texts = await learned(
      'We always create invoices with a currency here.',
      'We never mail invoices before the customer has paid here.',
    );
    expect(texts).toHaveLength(2);
  });
});
