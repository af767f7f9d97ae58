import { describe, expect, test } from 'vitest';
import type { LineOrigin } from '../../../../src/core/dream/repository.ts';
import { refutations } from '../../../../src/dreamers/embedded/sessions/refutations.ts';
import { dreamInput } from '../../../support/dream-input.ts';
import { person, session } from '../../../support/session.ts';

const said = (text: string, day = 1) => session({ id: `s${day}`, day }, person(text));
const dream = (memory: string, text: string, writtenAt?: string) =>
  refutations(
    dreamInput({
      memory: { 'CLAUDE.md': memory },
      sessions: [said(text)],
      ...(writtenAt === undefined ? {} : { writtenAt }),
    }),
  );

describe('what a person refutes', () => {
  test('is retired when the entry is about it', () => {
    const { proposals } = dream(
      '# App\n\n- `make bootstrap` prepares a new machine.\n- Node 22 is required.\n',
      "We don't have `make bootstrap` any more",
    );
    expect(proposals).toMatchObject([{ kind: 'retire', strength: 'proved', operations: [{ op: 'retire' }] }]);
  });

  test('is corrected when the person names what holds instead, in every entry that names it', () => {
    const { proposals } = dream(
      '# App\n\n- Unit tests run with `jest`.\n- Put setup code for `jest` into test/setup.ts.\n- Build with vite.\n',
      'we switched from `jest` to `vitest`',
    );
    expect(proposals).toMatchObject([
      {
        kind: 'correct',
        operations: [
          { op: 'revise', text: 'Unit tests run with `vitest`.' },
          { op: 'revise', text: 'Put setup code for `vitest` into test/setup.ts.' },
        ],
      },
    ]);
  });

  test('as a bare number changes only entries on the same subject', () => {
    const { proposals } = dream(
      '# App\n\n- The API listens on port 3000.\n- Lists show at most 3000 rows.\n',
      'The API listens on port 4000 now, not 3000',
    );
    expect(proposals).toMatchObject([
      { operations: [{ op: 'revise', text: 'The API listens on port 4000.' }] },
    ]);
    expect(proposals[0]?.operations).toHaveLength(1);
  });

  test('is a lead when the entry says more', () => {
    const long = `- The worker ${'reads its queue and '.repeat(12)} writes to Redis.`;
    const { proposals, leads } = dream(`# App\n\n${long}\n`, 'We no longer use Redis');
    expect(proposals).toEqual([]);
    expect(leads).toMatchObject([{ kind: 'correct' }]);
  });

  test('leaves notes alone that were written later, or tell of the change', () => {
    const words = 'We no longer use Redis';
    expect(dream('# App\n\n- Sessions are in Redis.\n', words, '2026-03-20T00:00:00.000Z').proposals).toEqual(
      [],
    );
    expect(dream('# App\n\n- Redis was removed; sessions are in Postgres.\n', words).proposals).toEqual([]);
  });
});

test('a repository that was filled after its sessions ran does not say when its memory was written', () => {
  const memory = { 'CLAUDE.md': '# App\n\n- Sessions are in Redis.\n' };
  const first = { commit: 'f'.repeat(40), at: '2026-06-01T00:00:00.000Z', author: 'Ada' };
  const sessions = [said('We no longer use Redis')];
  const dreamed = (boundary: boolean) => {
    const origins = new Map([
      [
        'CLAUDE.md',
        memory['CLAUDE.md'].split('\n').map((): LineOrigin => (boundary ? { ...first, boundary } : first)),
      ],
    ]);
    return refutations(dreamInput({ memory, sessions, facts: { origins } })).proposals;
  };
  expect(dreamed(true)).toMatchObject([{ kind: 'retire' }]);
  expect(dreamed(false)).toEqual([]);
});

/** What the proposals make of the entries they touch: their new text, or that they go. */
function outcome(memory: readonly string[], text: string): string[] {
  const { proposals } = dream(`# App\n\n${memory.map((note) => `- ${note}`).join('\n')}\n`, text);
  return proposals.flatMap(({ operations }) =>
    operations.map((operation) => ('text' in operation ? operation.text : operation.op)),
  );
}

describe('a value of memory', () => {
  const kiln = [
    'The kiln controller listens on port 7000.',
    'The glaze catalogue listens on port 7100.',
    'The kiln cools for 90 minutes.',
    'Orders are kept in Airtable.',
  ];

  test.each([
    ['wrong. the port of the kiln controller is 7001', 'The kiln controller listens on port 7001.'],
    [
      "7000 doesn't work, does it? because the kiln controller is on 7001 now",
      'The kiln controller listens on port 7001.',
    ],
    [
      'Where did you get 7000 from? The kiln controller has port 7001.',
      'The kiln controller listens on port 7001.',
    ],
    ['the cooling of the kiln takes 2 hours these days, not 90 minutes', 'The kiln cools for 2 hours.'],
    ['The orders moved out of Airtable, we keep them in Baserow', 'Orders are kept in Baserow.'],
    ['Forget about Airtable, the orders are in Baserow', 'Orders are kept in Baserow.'],
  ])('gives way to the one a person names: %s', (said, text) => {
    expect(outcome(kiln, said)).toEqual([text]);
  });

  test.each([
    'the kiln controller is on 7000, not 7001',
    "it's not 7001 any more, the kiln controller is back on 7000",
    'the label printer listens on port 7200 now, not 7000',
    'the kiln door was open for 3 hours, not for 90 minutes',
    'I was wrong, the order page loads in 3 seconds now',
    'change the port of the kiln controller to 7001 please',
  ])('stays when the words confirm it, or speak of something else: %s', (said) => {
    expect(outcome(kiln, said)).toEqual([]);
  });
});

describe('a thing memory speaks of', () => {
  const notes = ['The weekly glaze tasting is in the yard.', 'The yard heater runs from May on gas.'];

  test.each([
    'the weekly glaze tasting? That has not existed since the move.',
    'we got rid of the weekly glaze tasting in spring',
    'that note is old, the weekly glaze tasting was called off, it is gone',
    "there isn't much to say, the weekly glaze tasting is not a thing any more",
  ])('goes when a person says that it is gone: %s', (said) => {
    expect(outcome(notes, said)).toEqual(['retire']);
  });

  test.each([
    'the weekly glaze tasting photos were removed',
    'the weekly glaze tasting is not today',
    'the yard heater is dead again',
    'we removed the weekly glaze tasting from the poster',
    'remove the yard heater',
  ])('stays when only a part is, or only for now: %s', (said) => {
    expect(outcome(notes, said)).toEqual([]);
  });
});

test('where an entry holds several values, the one that was named is replaced', () => {
  const memory = '# App\n\n- The charger of hall 2 listens on port 9100.\n';
  expect(dream(memory, 'The charger listens on port 9200 now, not 9100.').proposals).toMatchObject([
    { kind: 'correct', operations: [{ op: 'revise', text: 'The charger of hall 2 listens on port 9200.' }] },
  ]);
});

describe('entries that stay as they are although they name what is refuted', () => {
  const long = `Tiles are rendered by hand; ${'this takes long and '.repeat(4)}must end before the glaze tasting begins.`;

  test('are leads with their places, beside the proposal for another', () => {
    const { proposals, leads } = dream(
      `# App\n\n- The glaze tasting is in the yard.\n- ${long}\n`,
      "We don't do the glaze tasting anymore. Come in the morning.",
    );
    expect(proposals).toMatchObject([{ kind: 'retire', operations: [{ op: 'retire' }] }]);
    expect(leads).toMatchObject([
      {
        text: "A person said: We don't do the glaze tasting anymore.",
        reason: 'CLAUDE.md:4 says more than that',
      },
    ]);
  });

  test('are so too where a value was replaced', () => {
    const { proposals, leads } = dream(
      '# App\n\n- The release manager is Sigrid.\n- Ask Sigrid about the kiln.\n',
      'no, the release manager is Tomasz, not Sigrid',
    );
    expect(proposals).toMatchObject([{ operations: [{ text: 'The release manager is Tomasz.' }] }]);
    expect(leads).toMatchObject([{ reason: 'CLAUDE.md:4 names it too' }]);
  });
});

test('a rationale claims no more than was said', () => {
  const { proposals } = dream('# App\n\n- The release manager is Sigrid.\n', 'The release manager is Tomasz');
  expect(proposals).toMatchObject([{ rationale: 'A person said “Tomasz” where memory says “Sigrid”.' }]);
});

test('the sentences are cited that it takes to refute', () => {
  const { proposals } = dream(
    '# App\n\n- The weekly glaze tasting is in the yard.\n',
    'who still has the weekly glaze tasting in the notes? We axed it. Thanks!',
  );
  const quotes = proposals[0]?.evidence.flatMap((item) => (item.type === 'quote' ? [item.quote] : []));
  expect(quotes).toEqual(['who still has the weekly glaze tasting in the notes?', 'We axed it.']);
});
