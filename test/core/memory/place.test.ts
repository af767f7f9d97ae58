import { describe, expect, test } from 'vitest';
import { parseStore } from '../../../src/core/memory/parse.ts';
import { placeFor } from '../../../src/core/memory/place.ts';

const store = (files: Readonly<Record<string, string>>) =>
  parseStore(Object.entries(files).map(([path, text]) => ({ path, text })));

const app = `# App

## Testing

- Unit tests run with vitest and need no network.
- Contract tests need the database container.

## Deployment

- Production deploys start from a tag.
`;

describe('something new goes', () => {
  test('under the heading that already speaks of it', () => {
    expect(placeFor(store({ 'CLAUDE.md': app }), 'Contract tests must not share one database.')).toEqual({
      file: 'CLAUDE.md',
      heading: ['App', 'Testing'],
    });
  });

  test('under the one heading that names its path or command as code', () => {
    const text = `${app}\n## Data\n\n- Migrations live in \`db/migrations\`.\n`;
    expect(
      placeFor(
        store({ 'CLAUDE.md': text }),
        'Number the files in `db/migrations` by hand, since releases quote the number.',
      ),
    ).toEqual({ file: 'CLAUDE.md', heading: ['App', 'Data'] });
  });

  test('under the one heading that is what it begins with', () => {
    const text = `${app}\n## Panels\n\n- Spare ones are in the basement.\n`;
    expect(placeFor(store({ 'CLAUDE.md': text }), 'Panels of series 4 need the blue plug.')).toEqual({
      file: 'CLAUDE.md',
      heading: ['App', 'Panels'],
    });
  });

  test('into the topic file that speaks of it, and not into the index', () => {
    const files = {
      'memory/MEMORY.md': '# Memory\n\n- [Billing](billing.md): invoices and refunds\n',
      'memory/billing.md':
        '# Billing\n\n- Invoices are numbered per year.\n- Refunds need a second person.\n',
    };
    expect(placeFor(store(files), 'Refunds of invoices go through the ledger.').file).toBe(
      'memory/billing.md',
    );
  });

  test('under a heading for what fits nowhere else, or a new one', () => {
    expect(placeFor(store({ 'CLAUDE.md': app }), 'Ask Mara before ordering hardware.')).toEqual({
      file: 'CLAUDE.md',
      heading: ['App', 'Notes'],
    });
    expect(
      placeFor(
        store({ 'CLAUDE.md': `${app}\n## Conventions\n\n- Be brief.\n` }),
        'Ask Mara before ordering hardware.',
      ),
    ).toEqual({ file: 'CLAUDE.md', heading: ['App', 'Conventions'] });
  });

  test('beside the topic files of an index when none of them speaks of it', () => {
    const files = {
      'memory/MEMORY.md': '# Memory\n\n- [Billing](billing.md)\n- [Search](search.md)\n',
      'memory/billing.md': '# Billing\n\n- Invoices are numbered per year.\n',
      'memory/search.md': '# Search\n\n- The index is rebuilt at night.\n',
    };
    expect(placeFor(store(files), 'Ask Mara before ordering hardware.')).toEqual({ file: 'memory/notes.md' });
  });

  test('never into a folder that one agent, person or project owns', () => {
    const files = {
      'memory/people/ada/habits.md': '# Habits\n\n- Contract tests in the morning.\n',
      'CLAUDE.md': app,
    };
    expect(placeFor(store(files), 'Contract tests in the morning only.').file).toBe('CLAUDE.md');
  });

  test('into a first topic file when there is no memory at all', () => {
    expect(placeFor(store({}), 'Anything at all.')).toEqual({ file: 'memory/notes.md' });
  });
});
