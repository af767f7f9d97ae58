/** Builds memory: small stores from literals, and generated Markdown with all that people write in it. */
import fc from 'fast-check';
import type { Entry, Store } from '../../src/core/memory/entry.ts';
import type { Operation } from '../../src/core/memory/operation.ts';
import { parseStore } from '../../src/core/memory/parse.ts';

/** A store from file contents by path. */
export function storeOf(files: Readonly<Record<string, string>>): Store {
  return parseStore(Object.entries(files).map(([path, text]) => ({ path, text })));
}

/** The one entry of a store whose text contains these words. */
export function entryWith(store: Store, words: string): Entry {
  const found = [...store.entries.values()].filter((entry) => entry.text.includes(words));
  const [entry] = found;
  if (entry === undefined || found.length > 1)
    throw new Error(`${found.length} entries contain ${JSON.stringify(words)}`);
  return entry;
}

const word = fc.constantFrom(
  ...'run tests before commit never use pnpm `npm run build` always the linter **must** pass docs/api.md 3 files v1.2 naïve 常に測定 тесты בדיקה 🙂 [link](docs/a.md) <b>x</b> a_b'.split(
    ' ',
  ),
);
/** One line of prose that starts with a letter. */
export const line = fc.array(word, { minLength: 1, maxLength: 7 }).map((words) => `Rule ${words.join(' ')}`);

const item = fc
  .tuple(
    fc.constantFrom('', '[ ] ', '[x] '),
    line,
    fc.constantFrom('', '  more words', '  - nested item', '  ```\n  - code\n  ```', '\n  second paragraph'),
  )
  .map(([box, text, below]) => `${box}${text}${below === '' ? '' : `\n${below}`}`);
const list = fc
  .tuple(fc.constantFrom('- ', '* ', '+ '), fc.array(item, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([marker, items, loose]) => items.map((each) => marker + each).join(loose ? '\n\n' : '\n'));
const orderedList = fc
  .array(line, { minLength: 1, maxLength: 3 })
  .map((lines) => lines.map((text, index) => `${index + 1}. ${text}`).join('\n'));
const block = fc.oneof(
  { weight: 4, arbitrary: list },
  { weight: 1, arbitrary: orderedList },
  { weight: 4, arbitrary: line },
  { weight: 1, arbitrary: line.map((text) => `${text}\nand ${text}`) },
  { weight: 1, arbitrary: line.map((text) => `\`\`\`sh\n- ${text}\n# no heading\n\n\`\`\``) },
  { weight: 1, arbitrary: line.map((text) => `| a | b |\n| - | - |\n| ${text} | 2 |`) },
  { weight: 1, arbitrary: line.map((text) => `> ${text}\n> - quoted`) },
  { weight: 1, arbitrary: line.map((text) => `<details>\n<summary>${text}</summary>\n</details>`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('<!-- a note -->', '<!-- keep -->', '---', '[ref]: https://example.org'),
  },
  { weight: 1, arbitrary: line.map((text) => `**${text.replaceAll('*', '')}:**`) },
);
const heading = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 4 }), line).map(([depth, text]) => `${'#'.repeat(depth)} ${text}`),
  line.map((text) => `${text}\n===`),
  line.map((text) => `${text}\n---`),
);
const section = fc
  .tuple(heading, fc.array(block, { maxLength: 5 }), fc.constantFrom('\n', '\n\n'))
  .map(([title, blocks, gap]) => [title, blocks.join('\n\n')].filter((part) => part !== '').join(gap));

/** A memory file: sections of lists, prose, code, tables, quotes and comments; CRLF, byte order mark and front matter now and then. */
export const markdown = fc
  .tuple(
    fc.constantFrom('', '', '', '---\ntitle: x\n---\n'),
    fc.array(block, { maxLength: 3 }),
    fc.array(section, { maxLength: 4 }),
    fc.constantFrom('', '\n', '\n', '\n\n'),
    fc.constantFrom('\n', '\n', '\r\n'),
    fc.constantFrom('', '', '', '\ufeff'),
  )
  .map(([front, preamble, sections, end, ending, mark]) => {
    const text = front + [...preamble, ...sections].join('\n\n') + end;
    return mark + text.replaceAll('\n', ending);
  });

/** A store of one to three files. */
export const store = fc
  .tuple(markdown, fc.option(markdown, { nil: undefined }), fc.option(markdown, { nil: undefined }))
  .map(([main, topic, other]) =>
    storeOf({
      'CLAUDE.md': main,
      ...(topic === undefined ? {} : { 'memory/testing.md': topic }),
      ...(other === undefined ? {} : { 'memory/MEMORY.md': other }),
    }),
  );

/** Proposals over a store: no entry twice, numbers from 1. */
export function proposalsFor(base: Store): fc.Arbitrary<{ number: number; operations: Operation[] }[]> {
  const ids = [...base.entries.values()].filter((entry) => entry.kind !== 'lead-in').map((entry) => entry.id);
  const targets = fc.constantFrom('CLAUDE.md', 'memory/testing.md', 'memory/new.md');
  const headings = fc.constantFrom<string[] | undefined>(
    undefined,
    ['Rule'],
    ['New heading'],
    ['New heading', 'Below'],
  );
  const choice = fc.record({
    op: fc.integer({ min: 0, max: 4 }),
    text: line,
    file: targets,
    heading: headings,
  });
  return fc.tuple(fc.shuffledSubarray(ids), fc.array(choice, { maxLength: 8 })).map(([chosen, choices]) => {
    const left = [...chosen];
    return choices.flatMap((each, index) => {
      const operation = operationFrom(each, left);
      return operation === undefined ? [] : [{ number: index + 1, operations: [operation] }];
    });
  });
}

interface Choice {
  readonly op: number;
  readonly text: string;
  readonly file: string;
  readonly heading: string[] | undefined;
}

function operationFrom({ op, text, file, heading }: Choice, left: string[]): Operation | undefined {
  const place = { file, ...(heading === undefined ? {} : { heading }) };
  if (op === 0) return { op: 'add', ...place, text };
  const entry = left.pop();
  if (entry === undefined) return undefined;
  if (op === 1) return { op: 'revise', entry, text };
  if (op === 2) return { op: 'retire', entry };
  if (op === 3) return { op: 'move', entry, ...place };
  const second = left.pop();
  return second === undefined ? undefined : { op: 'merge', entries: [entry, second], ...place, text };
}
