import { expect, it } from 'vitest';
import { sizeOf } from '../../../src/core/memory/size.ts';
import { tokens } from '../../../src/core/text/tokens.ts';
import { storeOf } from '../../support/markdown.ts';

it('counts files, entries that say something, bytes, and tokens; always loaded apart', () => {
  const [main, topic] = ['Rules:\n- naïve\n', '- another\n'];
  expect(sizeOf(storeOf({ 'CLAUDE.md': main, 'memory/a.md': topic }))).toEqual({
    files: 2,
    entries: 2,
    bytes: 26,
    tokens: tokens(main) + tokens(topic),
    alwaysLoaded: tokens(main),
  });
});
