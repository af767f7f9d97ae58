import type { Material } from '../domain.ts';

export const firmware: Material = {
  lessons: [
    {
      do: ['use `defmt::warn` for messages of drivers', 'log from drivers with `defmt::warn`'],
      dont: ['use `println` in firmware crates', 'call `println` from firmware crates'],
      keys: ['defmt::warn', 'println'],
    },
    {
      do: ['allocate buffers with `heapless::Vec`', 'take `heapless::Vec` for buffers'],
      dont: ['pull in alloc', 'depend on alloc'],
      keys: ['heapless::Vec', 'alloc'],
    },
    {
      do: [
        'feed the watchdog only from the supervisor task',
        'leave feeding the watchdog to the supervisor task',
      ],
      dont: ['feed the watchdog in a driver', 'kick the watchdog from drivers'],
      keys: ['watchdog'],
    },
    {
      do: [
        'flash with `cargo xtask flash --board rev-c`',
        'use `cargo xtask flash --board rev-c` for flashing',
      ],
      dont: ['flash with openocd', 'use openocd for flashing'],
      keys: ['cargo xtask flash', 'openocd'],
    },
    {
      do: ['return `Result` from driver functions', 'let driver functions return a `Result`'],
      dont: ['unwrap in drivers', 'call unwrap inside the drivers'],
      keys: ['Result', 'unwrap'],
    },
    {
      do: [
        'measure the stack with `cargo xtask stack` before a merge',
        'check stack usage via `cargo xtask stack` before merging',
      ],
      dont: ['put arrays above 256 bytes on the stack', 'place arrays larger than 256 bytes on the stack'],
      keys: ['cargo xtask stack', '256 bytes'],
    },
    {
      do: [
        'keep magic numbers of the radio in `drivers/src/radio_regs.rs`',
        'define radio constants in `drivers/src/radio_regs.rs`',
      ],
      dont: ['write register addresses inline', 'use inline register addresses'],
      keys: ['radio_regs.rs', 'register addresses'],
    },
    {
      do: [
        'bump the settings version when a field is added',
        'raise the settings version with each new field',
      ],
      dont: ['reorder fields of the settings struct', 'change the order of the settings fields'],
      keys: ['settings version', 'settings'],
    },
    {
      do: ['record hardware runs in `hil/LOG.md`', 'write every hardware run into `hil/LOG.md`'],
      dont: ['run hardware cases without a reservation', 'start hardware cases unreserved'],
      keys: ['hil/LOG.md', 'hardware cases'],
    },
  ],
  stale: [
    {
      topic: 'build',
      note: 'The target chip is the STM32L432.',
      subject: 'the target chip',
      old: 'STM32L432',
      new: 'STM32U545',
    },
    {
      topic: 'data',
      note: 'The radio frequency is 868.1 MHz.',
      subject: 'the radio frequency',
      old: '868.1 MHz',
      new: '869.525 MHz',
    },
    {
      topic: 'build',
      note: 'The minimum Rust version is 1.74.',
      subject: 'the minimum Rust version',
      old: '1.74',
      new: '1.85',
    },
    {
      topic: 'testing',
      note: 'The rack controller answers at rack.hollowoak.test.',
      subject: 'the address of the rack controller',
      old: 'rack.hollowoak.test',
      new: 'hil2.hollowoak.test',
    },
    {
      topic: 'data',
      note: 'The sensor is polled every 60 seconds.',
      subject: 'the polling interval of the sensor',
      old: '60 seconds',
      new: '90 seconds',
    },
    {
      topic: 'deploy',
      note: 'Update images are uploaded to Memfault.',
      subject: 'the place for update images',
      old: 'Memfault',
      new: 'Balena',
    },
    {
      topic: 'team',
      note: 'The release manager is Sigrid.',
      subject: 'the release manager',
      old: 'Sigrid',
      new: 'Tomasz',
    },
  ],
  gone: [
    {
      topic: 'testing',
      note: 'The emulator `qemu-valve` runs the nightly soak test.',
      thing: 'the emulator `qemu-valve`',
    },
    {
      topic: 'build',
      note: 'The feature `legacy-rf` builds the radio stack of rev A.',
      thing: 'the feature `legacy-rf`',
    },
    {
      topic: 'deploy',
      note: 'The serial updater on the factory floor takes hex files.',
      thing: 'the serial updater',
    },
    {
      topic: 'team',
      note: 'The hardware office hour is on Monday afternoon.',
      thing: 'the hardware office hour',
    },
  ],
  errors: [
    {
      command: 'cargo xtask flash',
      error:
        'Error: Failed to open probe: probe {n}:{n} is in use by another process\nerror: process exited with code 1',
      fix: 'cargo xtask probe-reset',
      works: 'probe released',
      keys: ['cargo xtask probe-reset'],
    },
    {
      command: 'cargo build --release -p {arg}',
      error:
        "error[E0463]: can't find crate for `core`\n  = note: the `thumbv8m.main-none-eabihf` target may not be installed",
      fix: 'rustup target add thumbv8m.main-none-eabihf',
      works: 'info: installing component rust-std',
      keys: ['rustup target add thumbv8m.main-none-eabihf'],
    },
    {
      command: 'cargo xtask hil --case {arg}',
      error: 'Error: case {arg}: relay board did not answer within {n} ms',
      fix: 'cargo xtask rack power-cycle',
      works: 'rack is back',
      keys: ['cargo xtask rack power-cycle'],
    },
  ],
  rules: [
    {
      command: 'cargo clippy --all-targets 2>&1 | tail -25',
      rule: 'clippy::cast_possible_truncation',
      line: 'warning: casting `u32` to `u16` may truncate the value\n  --> {file}:{n}:21\n  = note: requested on the command line with `-W clippy::cast-possible-truncation`\n  = help: for further information visit https://rust-lang.github.io/rust-clippy/master/index.html#cast_possible_truncation',
      end: 'warning: `drivers` generated 1 warning',
      before: 'let raw = value as u16;',
      after: 'let raw = u16::try_from(value)?;',
    },
    {
      command: 'cargo clippy',
      rule: 'clippy::indexing_slicing',
      line: 'error: indexing may panic\n  --> {file}:{n}:9\n  = note: `-D clippy::indexing-slicing` implied by `-D warnings`\n  = help: for further information visit https://rust-lang.github.io/rust-clippy/master/index.html#indexing_slicing',
      end: 'error: could not compile `valve-core` (lib) due to 1 previous error',
      before: 'let first = frame[0];',
      after: 'let first = frame.first().ok_or(Error::Short)?;',
    },
    {
      command: 'cargo deny check 2>&1 | head -20',
      rule: 'unmaintained',
      line: 'error[unmaintained]: crate bare-metal is unmaintained\n   ┌─ Cargo.lock:{n}:1',
      end: 'advisories FAILED',
      before: 'bare-metal = "1"',
      after: 'critical-section = "1"',
    },
  ],
  workflows: [
    {
      steps: [
        'cargo xtask sim --case {arg}',
        'cargo xtask size-diff',
        'cargo xtask flash --board rev-c',
        'cargo xtask monitor --until-idle',
      ],
      args: ['cold-start', 'low-battery', 'lost-radio', 'stuck-valve', 'night-mode'],
      keys: ['cargo xtask sim', 'cargo xtask size-diff', 'cargo xtask monitor'],
    },
    {
      steps: ['cargo xtask codegen-regs', 'cargo fmt --all', 'cargo test -p {arg}', 'cargo xtask doc-check'],
      args: ['valve-core', 'drivers', 'sim', 'protocol', 'settings'],
      keys: ['codegen-regs', 'cargo fmt', 'doc-check'],
    },
  ],
};
