/** secrets: no added text matches the redactor, and none was redacted. */
import { isRedacted } from '../sessions/redact.ts';
import { findingsOf, type Check } from './context.ts';
import { newText } from './written.ts';

const { block } = findingsOf('secrets');

export const secrets: Check = {
  name: 'secrets',
  check: async ({ proposal, redactor }) => {
    // The title and the reasons stand in the pull request for all to read.
    const shown = [proposal.title, proposal.rationale, proposal.suggestion ?? ''];
    const texts = [...newText(proposal), ...shown].filter((text) => text !== '');
    if (texts.some(isRedacted))
      return [block('A secret was taken out of this text; such text is never proposed.')];
    const found = await redactor.find(texts);
    const kinds = new Set(found.flat().map(({ kind }) => kind));
    return kinds.size === 0
      ? []
      : [block(`It holds what looks like a secret (${[...kinds].sort().join(', ')}).`)];
  },
};
