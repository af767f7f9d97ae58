import type { Material } from '../domain.ts';
import { firmware as dev } from '../material-dev/firmware.ts';

/** Lessons and stale notes of its own; what agents run into is that of `dev`. */
export const firmware: Material = {
  ...dev,
  lessons: [
    {
      do: ['use `defmt::info!` for logs', 'log with `defmt::info!`'],
      dont: ['print over the uart', 'write debug prints to the uart'],
      keys: ['defmt::info!', 'uart'],
    },
    {
      do: ['handle every `Result`', 'deal with each `Result`'],
      dont: ['call `unwrap` outside of tests', 'use `unwrap` in non-test code'],
      keys: ['Result', 'unwrap'],
    },
    {
      do: ['test on real hardware before a merge', 'run it on real hardware before merging'],
      dont: ['merge with a red rack', 'merge while the rack is red'],
      keys: ['real hardware', 'rack'],
    },
    {
      do: ['keep interrupt handlers short', 'write short interrupt handlers'],
      dont: ['allocate memory in an interrupt', 'use the allocator in interrupts'],
      keys: ['interrupt handlers', 'alloca'],
    },
    {
      do: [
        'document magic numbers with the page of the data sheet',
        'cite the page of the data sheet for magic numbers',
      ],
      dont: ['guess register values', 'make up register values'],
      keys: ['data sheet', 'register values'],
    },
    {
      do: [
        'raise the watchdog timeout in the debug profile only',
        'use a longer watchdog timeout only in the debug profile',
      ],
      dont: ['disable the watchdog', 'switch the watchdog off'],
      keys: ['debug profile', 'watchdog'],
    },
    {
      do: ['put board constants into `boards.toml`', 'define board constants in `boards.toml`'],
      dont: ['hard code pin numbers', 'write pin numbers into the code'],
      keys: ['boards.toml', 'pin numbers'],
    },
    {
      do: ['update `MEMORY_MAP.md` when sections move', 'change `MEMORY_MAP.md` whenever a section moves'],
      dont: ['reorder the sections', 'change the order of sections'],
      keys: ['MEMORY_MAP.md', 'sections'],
    },
  ],
  stale: [
    {
      topic: 'build',
      note: 'The toolchain is nightly-2025-02-01.',
      subject: 'the toolchain',
      old: 'nightly-2025-02-01',
      new: 'stable 1.88',
    },
    {
      topic: 'data',
      note: 'The sampling rate is 100 Hz.',
      subject: 'the sampling rate',
      old: '100 Hz',
      new: '250 Hz',
    },
    {
      topic: 'deploy',
      note: 'The update server is https://ota.hollowoak.test.',
      subject: 'the update server',
      old: 'https://ota.hollowoak.test',
      new: 'https://fleet.hollowoak.test',
    },
    {
      topic: 'testing',
      note: 'The rack address is 10.0.4.17.',
      subject: 'the rack address',
      old: '10.0.4.17',
      new: '10.0.9.3',
    },
    {
      topic: 'team',
      note: 'The owner of the radio stack is Ottilie.',
      subject: 'the owner of the radio stack',
      old: 'Ottilie',
      new: 'Fergus',
    },
  ],
  gone: [
    {
      topic: 'build',
      note: 'The feature `legacy-radio` switches to the old protocol.',
      thing: 'the feature `legacy-radio`',
    },
    {
      topic: 'testing',
      note: 'The climate chamber in the basement is for endurance tests.',
      thing: 'the climate chamber',
    },
    {
      topic: 'deploy',
      note: 'The test fleet in Malmo gets updates a week early.',
      thing: 'the test fleet in Malmo',
    },
  ],
};
