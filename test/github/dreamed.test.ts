import { expect, it } from 'vitest';
import { aDreamedRepository } from './dreamed.ts';

it('one dream is open on GitHub, with a proposal that removes text and three that add', async () => {
  const dreamed = await aDreamedRepository();
  const open = await dreamed.open();
  expect(open.proposals.map(({ kind }) => kind)).toEqual(['retire', 'learn', 'learn', 'learn']);
  expect(dreamed.repository.refs.get(`refs/heads/${open.branch ?? ''}`)).toBe(open.head);
});
