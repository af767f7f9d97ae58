/** Two notes that say the same: a merge of the two loses nothing. Most are paraphrases. */
import type { Topic } from '../domain.ts';
import { type TwinPhrasing, variations } from '../phrasings.ts';

type Row = readonly [Topic, a: string, b: string];

const rows: Readonly<Record<TwinPhrasing['how'], readonly Row[]>> = {
  case: [
    ['build', 'Build the {service} with `{command}`.', 'build the {service} with `{command}`'],
    ['deploy', 'The {service} has no staging environment.', 'The {service} has NO staging environment.'],
    ['data', 'The {service} deduplicates by id.', 'the {service} deduplicates by ID.'],
  ],
  punctuation: [
    [
      'testing',
      'The {service} tests are slow: use `{command}`.',
      'The {service} tests are slow, use `{command}`.',
    ],
    [
      'style',
      'Imports in `{file}` are grouped - standard library first.',
      'Imports in `{file}` are grouped (standard library first).',
    ],
    [
      'team',
      'Ping {person}, not the channel, about the {service}.',
      'Ping {person} (not the channel) about the {service}.',
    ],
  ],
  order: [
    ['deploy', 'If the {service} is stuck, restart it twice.', 'Restart the {service} twice if it is stuck.'],
    ['build', 'Before `{command}`, remove `{folder}/tmp`.', 'Remove `{folder}/tmp` before `{command}`.'],
    [
      'data',
      'Since {person} moved it, the {service} has its own database.',
      'The {service} has its own database since {person} moved it.',
    ],
  ],
  inflection: [
    [
      'testing',
      'A failing test in `{folder}` blocks the merge.',
      'Failing tests in `{folder}` block the merge.',
    ],
    [
      'data',
      'The {service} normalises each address it receives.',
      'The {service} normalises all the addresses it receives.',
    ],
    [
      'style',
      'Exported types in `{folder}` carry a doc comment.',
      'An exported type in `{folder}` carries a doc comment.',
    ],
  ],
  paraphrase: [
    ['build', 'Building the {service} takes {n} minutes.', 'The {service} needs {n} minutes to build.'],
    [
      'build',
      'You need {n} GB of RAM to build the {service}.',
      'The {service} build requires {n} GB of RAM.',
    ],
    [
      'build',
      '`{command}` has to be run after every change to `{file}`.',
      'Whenever `{file}` changes, run `{command}`.',
    ],
    ['build', 'Use `{command}` to build the {service}.', 'The {service} is built by running `{command}`.'],
    ['build', '`{file}` is generated, do not edit it.', "Don't edit `{file}`: it is generated."],
    [
      'build',
      'The {service} does not build on Windows.',
      'It is impossible to build the {service} on Windows.',
    ],
    ['build', '`{command}` is required before each commit.', 'Run `{command}` before every commit.'],
    ['build', 'The {service} needs {use} to be installed.', '{use} must be installed for the {service}.'],
    ['testing', 'Run the {service} tests with `{command}`.', '`{command}` runs the {service} tests.'],
    ['testing', 'Tests for the {service} are in `{folder}`.', '`{folder}` contains the {service} tests.'],
    [
      'testing',
      'The tests of the {service} need {n} seconds to start.',
      'It takes {n} seconds for the {service} tests to start.',
    ],
    [
      'testing',
      'Fixtures of the {service} live in `{folder}`.',
      'The {service} fixtures are kept in `{folder}`.',
    ],
    ['testing', 'Use {use} for mocks in `{folder}`.', 'Mocks in `{folder}` are made with {use}.'],
    [
      'testing',
      'Tests in `{folder}` must not depend on each other.',
      'Keep the tests in `{folder}` independent of each other.',
    ],
    ['testing', 'The {service} is tested only in CI.', 'Tests of the {service} run only in CI.'],
    ['testing', 'Do not run `{command}` in parallel.', '`{command}` must not run in parallel.'],
    ['testing', 'Never use the real {service} in tests.', 'Tests must not use the real {service}.'],
    ['data', 'The {service} keeps data for {n} days.', 'Data in the {service} is kept for {n} days.'],
    [
      'data',
      'The schema of the {service} is defined in `{file}`.',
      '`{file}` defines the schema of the {service}.',
    ],
    ['data', 'The {service} uses port {n}.', 'Port {n} is used by the {service}.'],
    [
      'data',
      'The {service} caches results for {n} minutes.',
      'Results of the {service} are cached for {n} minutes.',
    ],
    ['data', 'All times in the {service} are UTC.', 'The {service} works with UTC times only.'],
    [
      'data',
      'The {service} allows {n} requests per minute.',
      'Requests to the {service} are limited to {n} per minute.',
    ],
    [
      'data',
      'The maximum size of a message in the {service} is {n} KB.',
      'Messages in the {service} can be at most {n} KB.',
    ],
    ['data', 'The {service} gives up after {n} retries.', 'After {n} retries, the {service} stops trying.'],
    [
      'data',
      'The {service} reads its settings from `{file}`.',
      '`{file}` contains the settings of the {service}.',
    ],
    [
      'data',
      'Only the {service} may write to `{folder}`.',
      'No one but the {service} is allowed to write to `{folder}`.',
    ],
    ['deploy', 'The {service} is deployed by {person}.', '{person} does the deployments of the {service}.'],
    [
      'deploy',
      'Before deploying the {service}, run `{command}`.',
      'Run `{command}` before a deployment of the {service}.',
    ],
    [
      'deploy',
      'Restart the {service} after changing `{file}`.',
      'After a change to `{file}` the {service} must be restarted.',
    ],
    [
      'deploy',
      'The {service} is deployed every Thursday.',
      'Deployments of the {service} happen on Thursdays.',
    ],
    [
      'deploy',
      '{person} must approve deployments of the {service}.',
      'Deployments of the {service} need approval from {person}.',
    ],
    ['deploy', 'Never deploy the {service} on Fridays.', 'No deployments of the {service} on Fridays.'],
    ['deploy', 'The {service} runs on {n} nodes.', 'There are {n} nodes for the {service}.'],
    [
      'deploy',
      'Deploy the {service} after the database migration.',
      'The database migration comes before the deployment of the {service}.',
    ],
    [
      'deploy',
      'It takes {n} minutes until the {service} is healthy.',
      'The {service} becomes healthy after {n} minutes.',
    ],
    ['style', 'Use {use}, not {other}, in `{folder}`.', 'In `{folder}` we prefer {use} to {other}.'],
    ['style', 'No {other} in `{folder}`.', "Don't use {other} in `{folder}`."],
    ['style', 'Put new helpers in `{folder}`.', 'New helpers belong in `{folder}`.'],
    [
      'style',
      'Lines in `{folder}` are at most {n} characters long.',
      'No line in `{folder}` is longer than {n} characters.',
    ],
    [
      'style',
      'Every function in `{file}` needs a docstring.',
      'Docstrings are required for all functions in `{file}`.',
    ],
    ['style', 'Names in `{folder}` are in camel case.', 'We use camel case for names in `{folder}`.'],
    ['style', 'Avoid global variables in `{folder}`.', 'There should be no global variables in `{folder}`.'],
    [
      'team',
      '{person} is responsible for the {service}.',
      'The {service} is the responsibility of {person}.',
    ],
    [
      'team',
      'Ask {person} before you change the {service}.',
      'Changes to the {service} have to be discussed with {person} first.',
    ],
    [
      'team',
      '{person} reviews all changes to `{folder}`.',
      'All changes to `{folder}` are reviewed by {person}.',
    ],
    [
      'team',
      'Report bugs in the {service} to {person}.',
      'Bugs in the {service} should be reported to {person}.',
    ],
    ['team', '{person} knows the {service} best.', 'The expert for the {service} is {person}.'],
    ['team', '{person} is on vacation every August.', 'In August {person} is always on vacation.'],
  ],
};

export const twins: readonly TwinPhrasing[] = variations.flatMap((how) =>
  rows[how].map(([topic, a, b]) => ({ topic, how, a, b })),
);
