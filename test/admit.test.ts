import { expect, it } from 'vitest';
import { admit } from '../src/admit.ts';
import { agent, person, session } from './support/session.ts';

it('refuses another recording of a stored session, and names the one that is there', () => {
  const stored = session({ id: 'one', day: 1 }, person('Hello'), agent('Hi'));
  const exported = {
    ...session({ id: 'one', day: 2 }, person('Hello'), agent('Hi')),
    format: 'specstory' as const,
    eventCount: 2,
  };
  expect(admit(exported, stored)).toEqual({
    verdict: 'refused',
    reason: 'session one is stored already, from another recording of it (claude-code)',
  });
});
