/** Two notes that say the same: a merge of the two loses nothing. */
import type { Topic } from '../domain.ts';
import type { TwinPhrasing } from '../phrasings.ts';

type Row = readonly [Topic, a: string, b: string];

const rows: readonly Row[] = [
  ['build', 'The {service} is compiled with {use}.', 'We compile the {service} using {use}.'],
  [
    'build',
    'Delete `{folder}/cache` if `{command}` fails.',
    'When `{command}` fails, `{folder}/cache` has to be deleted.',
  ],
  ['build', 'Call `{command}` once a day.', '`{command}` should be called daily.'],
  ['build', 'The {service} build fails without {use}.', 'Without {use} the build of the {service} fails.'],
  ['build', 'Set `CI=1` before `{command}`.', '`{command}` needs `CI=1` to be set.'],
  [
    'build',
    'Releases of the {service} are tagged by {person}.',
    '{person} tags the releases of the {service}.',
  ],
  [
    'testing',
    'Unit tests of the {service} finish in {n} seconds.',
    'It takes {n} seconds to run the unit tests of the {service}.',
  ],
  [
    'testing',
    'Every test in `{folder}` must clean up after itself.',
    'Tests in `{folder}` have to clean up after themselves.',
  ],
  ['testing', '`{command}` must be green before you merge.', 'Merge only when `{command}` is green.'],
  ['testing', 'Tests of the {service} are allowed to be slow.', 'The {service} tests may be slow.'],
  [
    'testing',
    'Use the fake clock in `{file}` for tests of the {service}.',
    'The {service} tests use the fake clock in `{file}`.',
  ],
  [
    'data',
    'The {service} polls the queue every {n} seconds.',
    'Every {n} seconds, the queue is polled by the {service}.',
  ],
  [
    'data',
    'Sessions of the {service} expire after {n} minutes.',
    'The {service} lets sessions expire after {n} minutes.',
  ],
  [
    'data',
    'The {service} needs at least {n} connections.',
    'At least {n} connections are required by the {service}.',
  ],
  ['data', 'Backups of the {service} are made every night.', 'The {service} is backed up every night.'],
  [
    'data',
    'The {service} writes its logs to `{folder}`.',
    'Logs of the {service} are written to `{folder}`.',
  ],
  ['data', 'No personal data in the logs of the {service}.', 'The {service} must not log personal data.'],
  ['data', 'Ids in the {service} are unique.', 'The {service} uses unique ids.'],
  [
    'data',
    '`{file}` lists the tables of the {service}.',
    'The tables of the {service} are listed in `{file}`.',
  ],
  ['deploy', 'The {service} can only be deployed by {person}.', 'Only {person} can deploy the {service}.'],
  [
    'deploy',
    'Wait {n} minutes after deploying the {service}.',
    'After a deployment of the {service}, wait {n} minutes.',
  ],
  ['deploy', 'Roll back the {service} with `{command}`.', '`{command}` rolls the {service} back.'],
  [
    'deploy',
    'Do not deploy the {service} while a migration is running.',
    'The {service} must not be deployed during a migration.',
  ],
  ['deploy', 'The {service} has {n} replicas.', 'There are {n} replicas of the {service}.'],
  [
    'deploy',
    'Secrets for the {service} come from the vault.',
    'The {service} gets its secrets from the vault.',
  ],
  ['deploy', 'The {service} must be up before the proxy.', 'Start the {service} before the proxy.'],
  [
    'style',
    'Functions in `{folder}` should not have more than {n} parameters.',
    'At most {n} parameters per function in `{folder}`.',
  ],
  ['style', 'Public types live in `{file}`.', '`{file}` is the place for public types.'],
  ['style', 'Do not import from `{folder}`.', 'Imports from `{folder}` are forbidden.'],
  ['style', 'In `{folder}`, errors are values.', 'Errors are values in `{folder}`.'],
  ['style', 'We format `{folder}` with {use}.', '{use} formats `{folder}`.'],
  ['style', 'Write comments in `{folder}` in English.', 'Comments in `{folder}` should be in English.'],
  ['team', '{person} is the owner of `{folder}`.', '`{folder}` is owned by {person}.'],
  ['team', 'Talk to {person} before touching `{folder}`.', 'Before you touch `{folder}`, talk to {person}.'],
  [
    'team',
    '{person} must be informed when the {service} goes down.',
    'Inform {person} if the {service} goes down.',
  ],
  ['team', 'The on-call for the {service} is {person}.', '{person} is on call for the {service}.'],
  [
    'team',
    'Two people have to review changes to `{folder}`.',
    'Changes to `{folder}` must be reviewed by two people.',
  ],
];

export const twins: readonly TwinPhrasing[] = rows.map(([topic, a, b]) => ({
  topic,
  how: 'paraphrase',
  a,
  b,
}));
