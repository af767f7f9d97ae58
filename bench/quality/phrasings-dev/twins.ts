/** Two notes that say the same: a merge of the two loses nothing. */
import type { Topic } from '../domain.ts';
import { type TwinPhrasing, variations } from '../phrasings.ts';

type Row = readonly [Topic, a: string, b: string];

const rows: Readonly<Record<TwinPhrasing['how'], readonly Row[]>> = {
  case: [
    [
      'build',
      'Clean the output of the {service} after switching branches.',
      'clean the output of the {service} after switching branches.',
    ],
    [
      'testing',
      'Load tests of the {service} are started by hand.',
      'LOAD TESTS OF THE {service} ARE STARTED BY HAND.',
    ],
    ['data', 'The {service} stores dates as ISO strings.', 'the {service} stores dates as ISO strings.'],
    [
      'deploy',
      'Warn {person} before the {service} goes down.',
      'WARN {person} before the {service} goes down.',
    ],
    ['style', 'Keep `{file}` free of business rules.', 'Keep `{file}` FREE of business rules.'],
    [
      'team',
      'The weekly review of the {service} is led by {person}.',
      'The Weekly Review of the {service} is led by {person}.',
    ],
    [
      'testing',
      'The suite of the {service} needs a fresh cache.',
      'The suite of the {service} needs a FRESH cache.',
    ],
    ['build', 'Warnings in `{folder}` count as errors.', 'warnings in `{folder}` count as errors.'],
    [
      'deploy',
      'Nightly restarts of the {service} are planned, ignore the alarm.',
      'Nightly Restarts of the {service} Are Planned, Ignore the Alarm.',
    ],
    [
      'team',
      'Design notes for the {service} are approved by {person}.',
      'design notes for the {service} are approved by {person}',
    ],
  ],
  punctuation: [
    [
      'build',
      'Run `{command}` first, it prepares everything else.',
      'Run `{command}` first; it prepares everything else',
    ],
    [
      'data',
      'The {service} drops events without a timestamp.',
      'The {service} drops events without a timestamp!',
    ],
    [
      'testing',
      'The {service} has one slow test: the one that waits {n} seconds.',
      'The {service} has one slow test, the one that waits {n} seconds.',
    ],
    [
      'deploy',
      'The {service} is switched off at night (cost).',
      'The {service} is switched off at night - cost.',
    ],
    [
      'style',
      'Names in `{file}` are sorted, please keep it that way.',
      'Names in `{file}` are sorted; please keep it that way.',
    ],
    ['team', 'Questions about `{folder}`? Ask {person}.', 'Questions about `{folder}`: ask {person}'],
    [
      'data',
      'Ids of the {service} are opaque, do not parse them.',
      'Ids of the {service} are opaque. Do not parse them.',
    ],
    ['build', '`{command}` must pass before a merge.', '"{command}" must pass before a merge.'],
    [
      'deploy',
      'If the {service} hangs, wait {n} minutes, then restart it.',
      'If the {service} hangs wait {n} minutes then restart it.',
    ],
    [
      'testing',
      'Seeds of the {service} tests are fixed, so failures repeat.',
      'Seeds of the {service} tests are fixed so failures repeat',
    ],
  ],
  order: [
    [
      'build',
      'Because it caches badly, the {service} is built without a cache.',
      'The {service} is built without a cache because it caches badly.',
    ],
    [
      'testing',
      'In CI the {service} tests run with {n} workers.',
      'The {service} tests run with {n} workers in CI.',
    ],
    [
      'testing',
      'Set `TZ` to UTC to run the {service} tests.',
      'To run the {service} tests, set `TZ` to UTC.',
    ],
    ['data', 'At midnight the {service} rotates its files.', 'The {service} rotates its files at midnight.'],
    [
      'data',
      'Before it writes, the {service} takes a lock in `{folder}`.',
      'The {service} takes a lock in `{folder}` before it writes.',
    ],
    [
      'deploy',
      'Without a ticket nobody deploys the {service}.',
      'Nobody deploys the {service} without a ticket.',
    ],
    [
      'deploy',
      'Tell {person} first if the {service} has to go down.',
      'If the {service} has to go down, tell {person} first.',
    ],
    ['style', 'Where speed matters, use {use}.', 'Use {use} where speed matters.'],
    [
      'style',
      'In `{folder}`, keep functions below {n} lines.',
      'Keep functions below {n} lines in `{folder}`.',
    ],
    [
      'team',
      '{person} has the keys to the {service} and the passwords.',
      '{person} has the passwords and the keys to the {service}.',
    ],
    [
      'team',
      'Every {n} days {person} cleans up the board of the {service}.',
      '{person} cleans up the board of the {service} every {n} days.',
    ],
    [
      'build',
      'When `{command}` fails for no reason, delete the lock file.',
      'Delete the lock file when `{command}` fails for no reason.',
    ],
  ],
  inflection: [
    [
      'build',
      'Building the {service} requires {n} GB of disk.',
      'To build the {service} requires {n} GB of disk.',
    ],
    [
      'build',
      'Compiler flags of the {service} are listed in `{file}`.',
      'The compiler flags of the {service} are listed in `{file}`.',
    ],
    [
      'testing',
      'An integration test of the {service} cleans up after itself.',
      'Integration tests of the {service} clean up after themselves.',
    ],
    [
      'testing',
      'Skip slow tests of the {service} with a marker.',
      'Slow tests of the {service} are skipped with a marker.',
    ],
    [
      'data',
      'The {service} compresses each message it sends.',
      'The {service} compresses all messages it sends.',
    ],
    [
      'data',
      'The {service} validates every record against `{file}`.',
      'Each record is validated by the {service} against `{file}`.',
    ],
    [
      'deploy',
      'A rollback of the {service} takes {n} minutes.',
      'Rollbacks of the {service} take {n} minutes.',
    ],
    [
      'deploy',
      'The logs of the {service} get deleted after {n} days.',
      'Logs of the {service} are deleted after {n} days.',
    ],
    [
      'style',
      'Status codes of the {service} are declared in `{file}`.',
      'Declare the status codes of the {service} in `{file}`.',
    ],
    [
      'style',
      'A comment in `{folder}` explains why, not what.',
      'Comments in `{folder}` explain why, not what.',
    ],
    [
      'team',
      '{person} approves each change of the {service}.',
      '{person} approves all changes of the {service}.',
    ],
    [
      'team',
      'Changes to the {service} are announced in the team channel.',
      'Announce changes to the {service} in the team channel.',
    ],
  ],
  paraphrase: [
    ['build', '`{command}` takes about {n} minutes.', 'Expect `{command}` to run for about {n} minutes.'],
    ['build', 'We build the {service} with {use}.', '{use} is what the {service} is built with.'],
    [
      'build',
      'It is not possible to build the {service} offline.',
      'The {service} cannot be built without a network connection.',
    ],
    ['testing', 'Do not commit before `{command}` passes.', 'Only commit once `{command}` has passed.'],
    [
      'testing',
      'Test data of the {service} can be found in `{folder}`.',
      '`{folder}` holds the test data of the {service}.',
    ],
    [
      'testing',
      'Give the {service} {n} seconds to come up before a test.',
      'Before a test, wait {n} seconds until the {service} is up.',
    ],
    [
      'data',
      'The {service} accepts at most {n} requests per second.',
      'The {service} is limited to {n} requests per second.',
    ],
    [
      'data',
      'The {service} is the only one that writes to `{folder}`.',
      'Nothing but the {service} writes to `{folder}`.',
    ],
    [
      'data',
      'Data of the {service} is deleted after {n} days.',
      'The {service} retains its data for {n} days and then deletes it.',
    ],
    ['deploy', 'Deploy the {service} before its clients.', 'Clients of the {service} are deployed after it.'],
    [
      'deploy',
      'When it comes to releases of the {service}, {person} decides.',
      '{person} has the last word on releases of the {service}.',
    ],
    [
      'deploy',
      'The {service} has to be restarted when `{file}` changes.',
      'A change of `{file}` makes a restart of the {service} necessary.',
    ],
    [
      'style',
      'Choose {use} rather than {other} for new code.',
      'New code should use {use} instead of {other}.',
    ],
    ['style', 'Shared code goes to `{folder}`.', 'Put code that is shared into `{folder}`.'],
    [
      'team',
      'The person to ask about the {service} is {person}.',
      'Contact {person} if you have questions about the {service}.',
    ],
    [
      'team',
      'A second reviewer is required for changes in `{folder}`.',
      'Changes in `{folder}` need two reviewers.',
    ],
  ],
};

export const twins: readonly TwinPhrasing[] = variations.flatMap((how) =>
  rows[how].map(([topic, a, b]) => ({ topic, how, a, b })),
);
