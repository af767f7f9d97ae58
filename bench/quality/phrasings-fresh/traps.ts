/** Two notes that look alike and do not say the same: a merge would lose one of two facts. */
import type { Topic } from '../domain.ts';
import { differences, type TrapPhrasing } from '../phrasings.ts';

type Row = readonly [Topic, a: string, b: string];

const rows: Readonly<Record<TrapPhrasing['differ'], readonly Row[]>> = {
  number: [
    ['build', 'Building the {service} takes {n} minutes.', 'The {service} takes {m} minutes to build.'],
    ['data', 'The {service} keeps {n} backups.', 'There are {m} backups of the {service}.'],
    [
      'data',
      'Requests to the {service} time out after {n} seconds.',
      'The {service} has a timeout of {m} seconds.',
    ],
    [
      'deploy',
      'The {service} is deployed every Thursday.',
      'The {service} is deployed every other Thursday.',
    ],
    [
      'testing',
      'The first {n} tests of the {service} are slow.',
      'The last {n} tests of the {service} are slow.',
    ],
  ],
  name: [
    [
      'team',
      '{person} reviews what {person2} writes for the {service}.',
      '{person2} reviews what {person} writes for the {service}.',
    ],
    ['data', 'The {service} reads from the primary.', 'The {service} reads from the replica.'],
    ['deploy', 'The {service} is deployed on Monday.', 'The {service} is deployed on Thursday.'],
    ['testing', 'Staging of the {service} uses test cards.', 'Production of the {service} uses test cards.'],
    ['build', 'Linux builds of the {service} are static.', 'macOS builds of the {service} are static.'],
  ],
  version: [
    ['build', 'The {service} needs Java 17.', 'The {service} needs Java 21.'],
    [
      'testing',
      'The {service} is tested with Python 3.11.',
      'Python 3.12 is what the {service} is tested with.',
    ],
    ['data', 'The {service} supports up to API v3.', 'The {service} supports up to API v4.'],
    ['deploy', 'The {service} stays on release 9.', 'The {service} stays on release 10.'],
  ],
  path: [
    ['build', '`{command}` writes to `{folder}`.', '`{command}` writes to `{folder2}`.'],
    [
      'testing',
      'Fixtures for the {service} come from `{file}`.',
      'Fixtures for the {service} come from `{file2}`.',
    ],
    [
      'deploy',
      'The {service} logs to /var/log/{slug}/out.log.',
      'The {service} logs to /var/log/{slug}/err.log.',
    ],
    ['style', 'Constants belong in `{file}`.', 'Constants belong in `{file2}`.'],
  ],
  negation: [
    ['build', '`{command}` deletes the build folder.', '`{command}` does not delete the build folder.'],
    ['testing', 'The {service} tests may use the network.', 'The {service} tests may not use the network.'],
    ['data', 'The {service} stores personal data.', 'The {service} stores no personal data.'],
    [
      'deploy',
      'The {service} needs a restart after a config change.',
      'The {service} needs no restart after a config change.',
    ],
    ['style', 'Use default exports in `{folder}`.', 'Avoid default exports in `{folder}`.'],
  ],
  choice: [
    [
      'build',
      'Run `{command}` before the build of the {service}.',
      'Run `{command}` after the build of the {service}.',
    ],
    ['testing', 'Mock the {service} with {use}.', 'Mock the {service} with {other}.'],
    ['data', 'The {service} reads `{folder}`.', 'The {service} writes `{folder}`.'],
    [
      'data',
      'The {service} sends events to the message bus.',
      'The {service} receives events from the message bus.',
    ],
    ['data', 'The {service} encrypts before it compresses.', 'The {service} compresses before it encrypts.'],
    ['deploy', 'Start the {service} before its database.', 'Start the {service} after its database.'],
    ['deploy', 'Deploy the {service} by hand.', 'Deploy the {service} by script.'],
    ['style', 'Sort keys in `{file}` ascending.', 'Sort keys in `{file}` descending.'],
    [
      'team',
      '{person} approves designs of the {service}.',
      '{person} approves deployments of the {service}.',
    ],
  ],
};

export const traps: readonly TrapPhrasing[] = differences.flatMap((differ) =>
  rows[differ].map(([topic, a, b]) => ({ topic, differ, a, b })),
);
