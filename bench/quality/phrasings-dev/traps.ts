/** Two notes that share nearly every word and do not say the same: a merge would lose one of two facts. */
import type { Topic } from '../domain.ts';
import { differences, type TrapPhrasing } from '../phrasings.ts';

type Row = readonly [Topic, a: string, b: string];

const rows: Readonly<Record<TrapPhrasing['differ'], readonly Row[]>> = {
  number: [
    ['build', 'The {service} build may use up to {n} cores.', 'The {service} build may use up to {m} cores.'],
    [
      'testing',
      'Wait {n} seconds for the {service} in browser tests.',
      'In browser tests wait {m} seconds for the {service}.',
    ],
    [
      'testing',
      'The {service} suite has a budget of {n} minutes.',
      'The {service} suite has a budget of {m} minutes.',
    ],
    ['data', 'The {service} sends batches of {n} rows.', 'The {service} sends batches of {m} rows.'],
    ['data', 'Rate limit of the {service}: {n} per second.', 'Rate limit of the {service}: {n} per minute.'],
    ['data', 'The {service} buffer holds {n} MB.', 'The {service} buffer holds {n} KB.'],
    ['deploy', 'The {service} is given {n} minutes to drain.', 'The {service} gets {m} minutes to drain.'],
    [
      'deploy',
      'The {service} answers health checks on port {n}.',
      'The {service} serves metrics on port {m}.',
    ],
    [
      'style',
      'Functions in `{folder}` have at most {n} lines.',
      'Functions in `{folder}` have at most {m} lines.',
    ],
    [
      'team',
      'Reviews of `{folder}` need {n} days of notice.',
      'Reviews of `{folder}` need {m} days of notice.',
    ],
  ],
  name: [
    [
      'build',
      'The {service} image is pushed to the registry `main-eu`.',
      'The {service} image is pushed to the registry `main-us`.',
    ],
    ['testing', 'The {service} tests log in as `qa-reader`.', 'The {service} tests log in as `qa-writer`.'],
    ['data', 'The {service} reads the queue `jobs-fast`.', 'The {service} reads the queue `jobs-slow`.'],
    [
      'data',
      'The {service} keeps its totals in the table `totals`.',
      'The {service} keeps its totals in the table `totals_daily`.',
    ],
    [
      'deploy',
      'The {service} takes its password from `DB_PASS`.',
      'The {service} takes its password from `DB_PASSWORD`.',
    ],
    [
      'deploy',
      '{person} starts the roll-out of the {service}.',
      '{person2} starts the roll-out of the {service}.',
    ],
    ['style', 'Errors of the {service} begin with `E_IN`.', 'Errors of the {service} begin with `E_OUT`.'],
    ['team', 'The {service} belongs to {person}.', 'The {service} belongs to {person2}.'],
    [
      'team',
      '{person} stands in for {person2} on the {service}.',
      '{person2} stands in for {person} on the {service}.',
    ],
    [
      'team',
      'Problems with the {service} are reported in #help-core.',
      'Problems with the {service} are reported in #help-edge.',
    ],
  ],
  version: [
    ['build', 'The {service} compiles with LLVM 17.', 'The {service} compiles with LLVM 18.'],
    [
      'build',
      '{use} 5.0.1 is the last version that works in `{folder}`.',
      '{use} 5.1.0 is the last version that works in `{folder}`.',
    ],
    ['build', 'Stay below {use} 4 in the {service}.', 'Stay below {use} 6 in the {service}.'],
    ['testing', 'The {service} is tested against Redis 6.', 'The {service} is tested against Redis 7.'],
    [
      'testing',
      'Recorded replies of the {service} are of API 2026-01.',
      'Recorded replies of the {service} are of API 2026-04.',
    ],
    ['data', 'The {service} writes file format 3.', 'The {service} writes file format 4.'],
    [
      'data',
      'Clients of the {service} call /v2/, /v1/ is frozen.',
      'Clients of the {service} call /v3/, /v1/ is frozen.',
    ],
    [
      'deploy',
      'The {service} runs on Ubuntu 22.04 machines.',
      'The {service} runs on Ubuntu 24.04 machines.',
    ],
    ['style', 'Code of the {service} follows edition 2021.', 'Code of the {service} follows edition 2024.'],
    [
      'team',
      '{person} maintains release line 8 of the {service}.',
      '{person} maintains release line 9 of the {service}.',
    ],
  ],
  path: [
    [
      'build',
      'The linker settings of the {service} are in `{file}`.',
      'The linker settings of the {service} are in `{file2}`.',
    ],
    [
      'build',
      'Output of the {service} build goes to `out/{slug}/debug`.',
      'Output of the {service} build goes to `out/{slug}/release`.',
    ],
    [
      'testing',
      'Snapshots of the {service} are stored in `{folder}`.',
      'Snapshots of the {service} are stored in `{folder2}`.',
    ],
    ['testing', 'Copy `{file}` before the {service} tests.', 'Copy `{file2}` before the {service} tests.'],
    ['data', 'The {service} spools to /tmp/{slug}.', 'The {service} spools to /var/tmp/{slug}.'],
    [
      'data',
      'Mappings of the {service} are declared in `{file}`.',
      'Mappings of the {service} are declared in `{file2}`.',
    ],
    [
      'deploy',
      'Secrets of the {service} are mounted at /run/secrets/{slug}.',
      'Secrets of the {service} are mounted at /etc/secrets/{slug}.',
    ],
    [
      'deploy',
      'The health page of the {service} is /healthz.',
      'The health page of the {service} is /readyz.',
    ],
    [
      'style',
      'Types that several modules use live in `{folder}`.',
      'Types that several modules use live in `{folder2}`.',
    ],
    [
      'team',
      'The runbook of the {service} is docs/run/{slug}.md.',
      'The runbook of the {service} is docs/ops/{slug}.md.',
    ],
  ],
  negation: [
    ['build', 'The {service} can be built in parallel.', 'The {service} cannot be built in parallel.'],
    ['build', '`{command}` works without a network.', '`{command}` does not work without a network.'],
    ['testing', 'Run the {service} tests in random order.', 'Never run the {service} tests in random order.'],
    ['testing', 'The {service} tests need a database.', 'The {service} tests need no database.'],
    [
      'data',
      'The {service} guarantees the order of messages.',
      "The {service} doesn't guarantee the order of messages.",
    ],
    ['data', 'Replies of the {service} may be cached.', 'Replies of the {service} may not be cached.'],
    [
      'deploy',
      'The {service} is part of the nightly deploy.',
      'The {service} is no longer part of the nightly deploy.',
    ],
    [
      'deploy',
      'Deploy the {service} with the feature switch on.',
      'Deploy the {service} with the feature switch off.',
    ],
    ['style', 'Abbreviations are fine in `{folder}`.', 'Abbreviations are not fine in `{folder}`.'],
    ['team', 'Changes to the {service} need a ticket.', "Changes to the {service} don't need a ticket."],
  ],
  choice: [
    [
      'build',
      'Manage the dependencies of the {service} with {use}.',
      'Manage the dependencies of the {service} with {other}.',
    ],
    ['build', 'Build the {service} before `{command}`.', 'Build the {service} after `{command}`.'],
    [
      'testing',
      'The {service} is checked with {use} on every push.',
      'The {service} is checked with {other} on every push.',
    ],
    [
      'testing',
      'Test the {service} against a real server, not a fake one.',
      'Test the {service} against a fake server, not a real one.',
    ],
    ['data', 'The {service} encodes with {use}.', 'The {service} encodes with {other}.'],
    ['data', 'The {service} overwrites old rows.', 'The {service} appends to old rows.'],
    ['deploy', 'Scale the {service} up before a sale.', 'Scale the {service} down before a sale.'],
    [
      'style',
      'We replaced {use} with {other} in `{folder}`.',
      'We replaced {other} with {use} in `{folder}`.',
    ],
    ['style', 'Sort imports in `{folder}` by length.', 'Sort imports in `{folder}` by name.'],
    ['team', 'Announce changes of the {service} by mail.', 'Announce changes of the {service} in the chat.'],
  ],
};

export const traps: readonly TrapPhrasing[] = differences.flatMap((differ) =>
  rows[differ].map(([topic, a, b]) => ({ topic, differ, a, b })),
);
