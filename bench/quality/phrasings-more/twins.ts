/** Two notes that say the same: a merge of the two loses nothing. Most are paraphrases. */
import type { Topic } from '../domain.ts';
import { type TwinPhrasing, variations } from '../phrasings.ts';

type Row = readonly [Topic, a: string, b: string];

const rows: Readonly<Record<TwinPhrasing['how'], readonly Row[]>> = {
  case: [
    [
      'testing',
      'Warm the cache before the {service} is profiled.',
      'warm the cache before the {service} is profiled.',
    ],
    [
      'deploy',
      'Only signed images of the {service} are accepted.',
      'ONLY signed images of the {service} are accepted.',
    ],
    ['build', 'Read the changelog before upgrading {use}.', 'READ THE CHANGELOG BEFORE UPGRADING {use}.'],
    [
      'data',
      'Time zones are converted at the edge of the {service}.',
      'Time Zones Are Converted at the Edge of the {service}.',
    ],
    [
      'team',
      '{person} sends the monthly figures of the {service}.',
      '{person} sends the Monthly Figures of the {service}.',
    ],
  ],
  punctuation: [
    [
      'deploy',
      'The {service} sleeps at night, which is fine.',
      'The {service} sleeps at night (which is fine).',
    ],
    ['style', 'Careful with `{file}`: two teams edit it.', 'Careful with `{file}` - two teams edit it.'],
    ['style', 'Nothing in `{folder}` is public API.', 'Nothing in `{folder}` is public API!'],
    ['testing', 'First `{command}`, then the smoke test.', 'First `{command}`; then the smoke test'],
    [
      'team',
      'When in doubt about the {service}, call {person}.',
      'When in doubt about the {service} call {person}',
    ],
  ],
  order: [
    [
      'build',
      'On slow machines, give `{command}` {n} minutes.',
      'Give `{command}` {n} minutes on slow machines.',
    ],
    [
      'team',
      'Unless {person} agrees, leave `{folder}` alone.',
      'Leave `{folder}` alone unless {person} agrees.',
    ],
    ['data', 'During a restore the {service} is read-only.', 'The {service} is read-only during a restore.'],
    [
      'deploy',
      'To see why the {service} stalls, read its trace.',
      'Read its trace to see why the {service} stalls.',
    ],
    ['testing', 'For local runs, `{file}` is enough.', '`{file}` is enough for local runs.'],
  ],
  inflection: [
    [
      'team',
      'Reviewers of the {service} look at the metrics first.',
      'A reviewer of the {service} looks at the metrics first.',
    ],
    ['data', 'An export of the {service} contains no names.', 'Exports of the {service} contain no names.'],
    [
      'style',
      'Document every flag of the {service} in `{file}`.',
      'Every flag of the {service} is documented in `{file}`.',
    ],
    [
      'deploy',
      'A freeze of the {service} is announced by {person}.',
      'Freezes of the {service} are announced by {person}.',
    ],
    [
      'build',
      'A dependency of `{folder}` is updated by hand.',
      'Dependencies of `{folder}` are updated by hand.',
    ],
  ],
  paraphrase: [
    [
      'build',
      'Skipping `{command}` is what breaks most builds of the {service}.',
      'Most broken builds of the {service} come from a skipped `{command}`.',
    ],
    [
      'build',
      'The {service} depends on {use} at build time.',
      '{use} is a build-time dependency of the {service}.',
    ],
    [
      'build',
      'A full rebuild of the {service} is needed once `{file}` has been edited.',
      'Editing `{file}` means that the {service} must be rebuilt from scratch.',
    ],
    ['build', '`{command}` overwrites `{file}`.', '`{file}` gets replaced whenever `{command}` runs.'],
    [
      'build',
      'The {service} image must not exceed {n} MB.',
      'For the {service} image, {n} MB is the maximum size.',
    ],
    [
      'build',
      'Only CI is permitted to publish the {service}.',
      'Publishing the {service} is reserved for CI.',
    ],
    ['build', '`{file}` is produced by `{command}`.', '`{command}` generates `{file}`.'],
    [
      'build',
      'Removal of unused code from the {service} is left to the linker.',
      'The linker strips unused code out of the {service}.',
    ],
    [
      'testing',
      'The {service} suite finishes in under {n} minutes.',
      'It takes less than {n} minutes until the {service} suite is done.',
    ],
    [
      'testing',
      'Failures of `{command}` are usually caused by a stale `{file}`.',
      'When `{command}` fails, an outdated `{file}` is the usual reason.',
    ],
    [
      'testing',
      'Tests of the {service} are not allowed to touch the network.',
      'Network access is forbidden in the {service} tests.',
    ],
    [
      'testing',
      'Every bug fixed in the {service} gets a regression test.',
      'No bug of the {service} is fixed without adding a regression test.',
    ],
    [
      'testing',
      'Start the {service} prior to running `{command}`.',
      'The {service} has to be up before `{command}` is run.',
    ],
    [
      'testing',
      'Coverage of `{folder}` must stay above {n} percent.',
      '`{folder}` may not fall to {n} percent coverage or below.',
    ],
    [
      'testing',
      'The fixtures in `{folder}` are shared by all suites.',
      'All suites use the same fixtures, those in `{folder}`.',
    ],
    [
      'data',
      'The importer supplies the input of the {service}.',
      'The {service} receives its input from the importer.',
    ],
    [
      'data',
      'The {service} discards records older than {n} days.',
      'Records that are over {n} days old are thrown away by the {service}.',
    ],
    [
      'data',
      'Duplicate ids make the {service} reject the whole file.',
      'The {service} refuses a file completely if there are duplicate ids in it.',
    ],
    [
      'data',
      'The {service} cannot start without `{file}`.',
      '`{file}` is required for the {service} to start.',
    ],
    [
      'data',
      'Amounts in the {service} are kept as integers.',
      'The {service} represents amounts by whole numbers.',
    ],
    [
      'data',
      'Access to the {service} is read-only for the reports.',
      'The reports may read from the {service} but not write to it.',
    ],
    [
      'data',
      'A lock is held by the {service} while it compacts.',
      'During compaction the {service} keeps a lock.',
    ],
    ['data', 'The {service} runs ahead of the cleanup job.', 'The cleanup job follows the {service}.'],
    [
      'data',
      'At most {n} connections to the {service} may be open at once.',
      'The {service} permits no more than {n} simultaneous connections.',
    ],
    [
      'deploy',
      '{person} has to approve before the {service} goes live.',
      'Going live with the {service} requires the approval of {person}.',
    ],
    [
      'deploy',
      'The {service} is deployed together with its proxy.',
      'Deployments of the {service} include its proxy.',
    ],
    [
      'deploy',
      'After {n} failed health checks the {service} is taken out of rotation.',
      'The {service} leaves the rotation as soon as {n} health checks have failed.',
    ],
    [
      'deploy',
      'Rolling back the {service} does not undo migrations.',
      'Migrations stay in place when the {service} is rolled back.',
    ],
    [
      'deploy',
      'Configuration changes of the {service} take effect without a restart.',
      'No restart of the {service} is needed for its configuration changes to apply.',
    ],
    ['deploy', 'The {service} goes out on Tuesdays.', 'Tuesday is release day for the {service}.'],
    [
      'deploy',
      'Traffic to the {service} passes through the gateway.',
      'The {service} is reached via the gateway.',
    ],
    [
      'style',
      'Comments in `{file}` are written in English.',
      'English is the language of the comments in `{file}`.',
    ],
    ['style', 'The place for new modules is `{folder}`.', 'Create new modules under `{folder}`.'],
    [
      'style',
      'The {service} relies on {use}, and {other} is to be avoided there.',
      'In the {service} depend on {use} and stay away from {other}.',
    ],
    [
      'style',
      'Public functions in `{folder}` without documentation are rejected.',
      'Public functions in `{folder}` are only accepted with documentation.',
    ],
    [
      'style',
      'Circular imports are banned from `{folder}`.',
      'Modules in `{folder}` must not import each other in a circle.',
    ],
    [
      'style',
      'The formatter is the authority on line breaks in `{folder}`.',
      'Line breaks in `{folder}` are decided by the formatter.',
    ],
    [
      'team',
      '{person} took over the {service} from {person2}.',
      '{person2} handed the {service} over to {person}.',
    ],
    [
      'team',
      '{person} informs {person2} about incidents of the {service}.',
      '{person2} hears of incidents of the {service} from {person}.',
    ],
    ['team', '{person} is off on Fridays.', 'Friday is a day on which {person} does not work.'],
  ],
};

export const twins: readonly TwinPhrasing[] = variations.flatMap((how) =>
  rows[how].map(([topic, a, b]) => ({ topic, how, a, b })),
);
