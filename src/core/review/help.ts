/** What can be said to a dream, and where: the answer to `/dream help`. */

export const helpText = [
  'Begin a comment with one of these. People with write access may; bots may not.',
  [
    '- `/dream drop 2, 4-6` leaves proposals out, `/dream restore 2` takes them back in; so does ticking their boxes',
    '- `/dream revise 2: "the words it should have"` says it differently; so does a suggested change on its lines',
    '- `/dream explain 2` shows all that it stands on',
    '- `/dream retry` checks and renders the dream again, on the newest state of the default branch',
    '- `/dream now` dreams at once, `/dream pause` or `/dream pause until 2026-12-24` stops, `/dream resume` goes on',
    '- `/dream manual` keeps dreams from merging themselves; only the config can allow it again',
    '- `/dream forget <session or "text">` takes it out of all that is remembered',
  ].join('\n'),
  'The first three lines, and `retry`, are for the pull request of the open dream; a comment on lines of it needs no number.',
].join('\n\n');
