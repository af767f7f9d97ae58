import { expect, test } from 'vitest';
import { gatherMissing } from '../../../../src/core/dream/gather/missing.ts';
import { readSession } from '../../../../src/core/dream/gather/reading.ts';
import { read, run, session } from '../../../support/session.ts';

const missing = (...steps: Parameters<typeof session>[1][]) =>
  gatherMissing(readSession(session({ id: 's1', day: 1 }, ...steps)));

test('a file that is not there is named as the repository names it, with what the tool suggested', () => {
  expect(
    missing(
      read('/home/ada/app/.lint.yml', '<error>File does not exist. Did you mean .lint.yaml?</error>', false),
    ),
  ).toMatchObject([
    {
      name: '.lint.yml',
      suggestion: '.lint.yaml',
      quotes: [{ quote: 'File does not exist. Did you mean .lint.yaml?', trust: 'tool' }],
    },
  ]);
});

test('a script that is not there is named by its name', () => {
  expect(
    missing(
      run(
        'npm run tests',
        'npm error Missing script: "tests"\nnpm error Did you mean this?\nnpm error   npm run test',
        false,
      ),
    ),
  ).toMatchObject([{ name: 'tests' }]);
});

test('a task that rake does not know is named, with what it suggests', () => {
  const output = `Don't know how to build task 'lint:all' (See the list of available tasks with \`rake --tasks\`)\nDid you mean?  lint`;
  expect(missing(run('rake lint:all', output, false))).toMatchObject([
    { name: 'lint:all', suggestion: 'lint' },
  ]);
});

test('a call that succeeded misses nothing, whatever it prints', () => {
  expect(missing(read('/home/ada/app/notes.md', 'the file does not exist any more', true))).toEqual([]);
});
