import { describe, expect, test } from 'vitest';
import { readRefutation } from '../../../../src/core/dream/gather/refutations.ts';

describe('a refutation', () => {
  test.each([
    ["we don't have `Entire-Session` anymore so this is obsolete", ['Entire-Session'], undefined],
    ['We no longer use Redis for sessions', ['Redis'], undefined],
    ['the `legacy-sync` job was removed', ['legacy-sync'], undefined],
    ['we switched from Jest to Vitest', ['Jest'], 'Vitest'],
    ['We migrated from CircleCI to GitHub Actions last month', ['CircleCI'], 'GitHub Actions'],
    ['The API listens on port 4000 now, not 3000', ['3000'], '4000'],
    ["it's `main` now, not `master`", ['master'], 'main'],
    ['`lib/api.ts` was renamed to `src/http.ts`', ['lib/api.ts'], 'src/http.ts'],
    ['We replaced Moment.js with date-fns', ['Moment.js'], 'date-fns'],
    ['We replaced the Moxa relay with a Pilz relay in January', ['Moxa'], 'Pilz'],
    ['that `make bootstrap` target does not exist any more', ['make bootstrap'], undefined],
  ])('%s', (said, targets, replacement) => {
    const refutation = readRefutation(said);
    expect(refutation?.targets).toEqual(expect.arrayContaining(targets));
    expect(refutation?.replacement).toBe(replacement);
  });

  test.each([
    'should we switch from Jest to Vitest?',
    "if we don't use Redis anymore, remove it",
    "let's move this from lib to src",
    'it is not working any more',
    'I removed it',
    "we don't have time for that anymore",
  ])('is not: %s', (said) => {
    expect(readRefutation(said)).toBeUndefined();
  });
});
