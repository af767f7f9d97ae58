/** Documentation that names things of the code names all of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buttons } from '../src/core/review/buttons.ts';
import { commandVerbs } from '../src/core/review/command.ts';
import { helpText } from '../src/core/review/help.ts';
import { formats } from '../src/core/sessions/detect.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Plain text in a cell of a Markdown table. */
const inTable = (text: string): string => text.replaceAll('<', '&lt;').replace(/[|*]/g, '\\$&');

it('docs/formats.md has a row for every format, as the format tells it', () => {
  const rows = read('docs/formats.md').replace(/\s+/g, ' ');
  const missing = formats.filter(
    ({ name, about }) => !rows.includes(`\`${name}\``) || !rows.includes(inTable(about)),
  );
  expect(missing.map(({ name }) => name)).toEqual([]);
});

it('docs/commands.md and the answer to /dream help name every command and button', () => {
  const page = read('docs/commands.md');
  for (const verb of commandVerbs) expect(page).toContain(`\`/dream ${verb}`);
  for (const verb of commandVerbs.filter((each) => each !== 'help'))
    expect(helpText).toMatch(new RegExp(`/dream ${verb}\\b`));
  for (const { label } of buttons) expect(page).toContain(label);
});

it('links in README and docs lead somewhere', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'AGENTS.md'];
  const gone = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].flatMap(([, path = '']) => {
      try {
        read(path);
        return [];
      } catch {
        return [`${page}: ${path}`];
      }
    }),
  );
  expect(gone).toEqual([]);
});
