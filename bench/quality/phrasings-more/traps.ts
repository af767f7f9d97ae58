/** Two notes that differ in one value, one choice, one negation or their scope: a merge would lose one of two facts. */
import type { Topic } from '../domain.ts';
import { differences, type TrapPhrasing } from '../phrasings.ts';

type Row = readonly [Topic, a: string, b: string];

const rows: Readonly<Record<TrapPhrasing['differ'], readonly Row[]>> = {
  number: [
    [
      'build',
      'Compile the {service} with optimisation level 2.',
      'Compile the {service} with optimisation level 3.',
    ],
    [
      'testing',
      'A {service} test that runs longer than {n} seconds counts as slow.',
      'A {service} test counts as slow if it runs longer than {m} seconds.',
    ],
    ['data', 'The {service} polls every {n} minutes.', 'The {service} polls every {n} seconds.'],
    [
      'data',
      'The {service} splits its data into {n} shards.',
      'The {service} splits its data into {m} shards.',
    ],
    ['deploy', 'The {service} is restarted once a day.', 'The {service} is restarted twice a day.'],
    [
      'deploy',
      'Keep the last {n} releases of the {service}.',
      'The last {m} releases of the {service} are kept.',
    ],
    ['style', 'Indent `{file}` by two spaces.', 'Indent `{file}` by four spaces.'],
    ['team', 'Two people can sign off the {service}.', 'Three people can sign off the {service}.'],
  ],
  name: [
    ['build', 'The {service} is linked against `libcrypt`.', 'The {service} is linked against `libcrypto`.'],
    [
      'testing',
      'The {service} tests use the account `tester-a`.',
      'The {service} tests use the account `tester-b`.',
    ],
    [
      'testing',
      'Browser tests around the {service} run in Firefox.',
      'Browser tests around the {service} run in Chrome.',
    ],
    [
      'data',
      'The {service} is the master for customer data.',
      'The {service} is the master for contract data.',
    ],
    ['data', 'The {service} sets the header `X-Trace`.', 'The header `X-Span` is set by the {service}.'],
    ['deploy', 'The {service} lives in the Frankfurt region.', 'The {service} lives in the Dublin region.'],
    [
      'deploy',
      'The {service} starts when `ENABLE_SYNC` is set.',
      'The {service} starts when `ENABLE_ASYNC` is set.',
    ],
    [
      'team',
      'Vacation of {person} is covered by {person2}.',
      'Vacation of {person2} is covered by {person}.',
    ],
  ],
  version: [
    ['build', 'Compiling the {service} takes GCC 13.', 'Compiling the {service} takes GCC 14.'],
    ['build', '{use} 2.x has a bug that hits `{folder}`.', '{use} 3.x has a bug that hits `{folder}`.'],
    ['testing', 'Alpine 3.19 is what the {service} is tested on.', 'The {service} is tested on Alpine 3.20.'],
    [
      'data',
      'Messages of the {service} carry schema revision 11.',
      'Messages of the {service} carry schema revision 12.',
    ],
    ['data', 'The {service} talks TLS 1.2.', 'The {service} talks TLS 1.3.'],
    ['deploy', 'The chart of the {service} is at 4.2.0.', 'The chart of the {service} is at 4.2.1.'],
    [
      'style',
      'The guide for `{folder}` is the 2024 edition.',
      'The guide for `{folder}` is the 2025 edition.',
    ],
    [
      'team',
      '{person} supports customers on release 5 of the {service}.',
      '{person} supports customers on release 6 of the {service}.',
    ],
  ],
  path: [
    [
      'build',
      'Patches for the {service} are applied from `{folder}`.',
      'Patches for the {service} are applied from `{folder2}`.',
    ],
    [
      'build',
      'The build cache of the {service} sits in ~/.cache/{slug}.',
      'The build cache of the {service} sits in ~/.local/{slug}.',
    ],
    [
      'testing',
      'Golden files of the {service} are next to `{file}`.',
      'Golden files of the {service} are next to `{file2}`.',
    ],
    [
      'testing',
      'The {service} tests write to build/reports/{slug}.xml.',
      'The {service} tests write to build/report/{slug}.xml.',
    ],
    [
      'data',
      'The {service} imports whatever lands in /srv/in/{slug}.',
      'Whatever lands in /srv/inbox/{slug} is imported by the {service}.',
    ],
    [
      'deploy',
      'The unit file of the {service} is /etc/systemd/{slug}.service.',
      'The unit file of the {service} is /usr/lib/systemd/{slug}.service.',
    ],
    ['style', 'Copy the header of new files from `{file}`.', 'Copy the header of new files from `{file2}`.'],
    [
      'team',
      'Minutes about the {service} are kept in docs/minutes/{slug}.',
      'Minutes about the {service} are kept in docs/meetings/{slug}.',
    ],
  ],
  negation: [
    ['build', '`{command}` is safe to interrupt.', '`{command}` is unsafe to interrupt.'],
    ['build', 'The {service} builds without {use}.', 'The {service} builds only with {use}.'],
    ['testing', 'The {service} tests leave data behind.', 'The {service} tests leave no data behind.'],
    [
      'testing',
      'Retrying a failed {service} test is allowed.',
      'Retrying a failed {service} test is forbidden.',
    ],
    ['data', 'Empty fields are accepted by the {service}.', 'Empty fields are rejected by the {service}.'],
    ['data', 'Keys of the {service} are case-sensitive.', 'Keys of the {service} are case-insensitive.'],
    [
      'deploy',
      'The {service} survives a loss of the network.',
      'The {service} fails to survive a loss of the network.',
    ],
    [
      'style',
      'Type annotations are mandatory in `{folder}`.',
      'Type annotations are optional in `{folder}`.',
    ],
    [
      'team',
      '{person} wants to be asked about the {service}.',
      "{person} doesn't want to be asked about the {service}.",
    ],
  ],
  choice: [
    [
      'build',
      'Strip symbols from the debug build of the {service}.',
      'Strip symbols from the release build of the {service}.',
    ],
    [
      'testing',
      'Freeze the clock in unit tests of the {service}.',
      'Freeze the clock in integration tests of the {service}.',
    ],
    ['testing', 'Profile the {service} with {use}.', 'Profile the {service} with {other}.'],
    ['data', 'The {service} sorts newest first.', 'The {service} sorts oldest first.'],
    [
      'data',
      'The {service} sends at least {n} rows at a time.',
      'The {service} sends at most {n} rows at a time.',
    ],
    ['data', 'The {service} retries on timeouts only.', 'The {service} retries on timeouts too.'],
    ['deploy', 'Deploy the {service} on weekdays only.', 'Deploy the {service} on weekends only.'],
    ['style', '{use} wraps {other} in `{folder}`.', '{other} wraps {use} in `{folder}`.'],
    [
      'team',
      'Bugs in the {service} go to the backlog first.',
      'Bugs in the {service} go to the on-call engineer first.',
    ],
  ],
};

export const traps: readonly TrapPhrasing[] = differences.flatMap((differ) =>
  rows[differ].map(([topic, a, b]) => ({ topic, differ, a, b })),
);
