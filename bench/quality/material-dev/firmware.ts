import type { Material } from '../domain.ts';

export const firmware: Material = {
  lessons: [
    {
      do: ['take time from `embassy_time::Instant`', 'use `embassy_time::Instant` for time'],
      dont: ['busy wait with `cortex_m::asm::delay`', 'call `cortex_m::asm::delay` to wait'],
      keys: ['embassy_time::Instant', 'asm::delay'],
    },
    {
      do: ['name tasks after their queue', 'give tasks the name of their queue'],
      dont: ['spawn a task at run time', 'create tasks at run time'],
      keys: ['queue', 'at run time'],
    },
    {
      do: ['encode frames with `protocol::pack`', 'build frames using `protocol::pack`'],
      dont: ['transmute structs to bytes', 'use transmute to get bytes'],
      keys: ['protocol::pack', 'transmute'],
    },
    {
      do: ['check each sensor reply with `crc8`', 'run `crc8` over every sensor reply'],
      dont: ['write flash while the motor turns', 'access flash while the motor is on'],
      keys: ['crc8', 'while the motor'],
    },
    {
      do: ['put pin names in `docs/boards/pins.md`', 'list pin names in `docs/boards/pins.md`'],
      dont: ['swap pins without asking Elin', 'reassign pins without asking Elin'],
      keys: ['docs/boards/pins.md', 'without asking Elin'],
    },
    {
      do: ['use saturating arithmetic in the PID loop', 'do sums of the PID loop in saturating arithmetic'],
      dont: ['use floats in the control path', 'bring floats into the control path'],
      keys: ['saturating arithmetic', 'floats'],
    },
    {
      do: ['gate debug output behind the `trace` feature', 'put debug output behind the `trace` feature'],
      dont: ['leave semihosting on in a release', 'release with semihosting enabled'],
      keys: ['`trace` feature', 'semihosting'],
    },
    {
      do: [
        'check the image size with `cargo xtask budget`',
        'run `cargo xtask budget` to look at the image size',
      ],
      dont: ['grow the bootloader', 'make the bootloader larger'],
      keys: ['cargo xtask budget', 'bootloader'],
    },
    {
      do: ['note the errata number in a comment', 'write the errata number into a comment'],
      dont: ['remove a workaround of the silicon', 'delete any workaround of the silicon'],
      keys: ['errata number', 'workaround of the silicon'],
    },
  ],
  stale: [
    {
      topic: 'build',
      note: 'The flash size of the board is 256 KiB.',
      subject: 'the flash size',
      old: '256 KiB',
      new: '512 KiB',
    },
    {
      topic: 'data',
      note: 'The battery cut-off is 2.2 V.',
      subject: 'the battery cut-off',
      old: '2.2 V',
      new: '2.05 V',
    },
    {
      topic: 'data',
      note: 'The device address on the sensor bus is 0x44.',
      subject: 'the device address on the sensor bus',
      old: '0x44',
      new: '0x5A',
    },
    {
      topic: 'deploy',
      note: 'The time server of the gateways is ntp.hollowoak.test.',
      subject: 'the time server',
      old: 'ntp.hollowoak.test',
      new: 'clock.hollowoak.test',
    },
    {
      topic: 'testing',
      note: 'The debug probe on the desk is a J-Link.',
      subject: 'the debug probe',
      old: 'J-Link',
      new: 'ST-Link V3',
    },
    {
      topic: 'deploy',
      note: 'The first wave of an update is 2 percent of the fleet.',
      subject: 'the first wave',
      old: '2 percent',
      new: '1 percent',
    },
    {
      topic: 'team',
      note: 'The certification lab is TestHaus.',
      subject: 'the certification lab',
      old: 'TestHaus',
      new: 'Nordlab',
    },
  ],
  gone: [
    {
      topic: 'testing',
      note: 'The climate chamber is free on Thursdays for long runs.',
      thing: 'the climate chamber',
    },
    {
      topic: 'build',
      note: 'The C shim `vh_glue.c` wraps the display library of the vendor.',
      thing: 'the C shim `vh_glue.c`',
    },
    {
      topic: 'deploy',
      note: 'The beta channel updates the devices of employees first.',
      thing: 'the beta channel',
    },
    {
      topic: 'data',
      note: 'The usage counter in page 7 of the flash store is read by support.',
      thing: 'the usage counter',
    },
  ],
  errors: [
    {
      command: 'cargo xtask replay {arg}',
      error: 'Error: plant model for {arg} is {n} days older than core/src/pid.rs',
      fix: 'cargo xtask plant-build',
      works: 'plant model is fresh',
      keys: ['cargo xtask plant-build'],
    },
    {
      command: 'cargo bloat --release -p {arg}',
      error:
        'error: linking with `flip-link` failed: No such file or directory (os error 2)\n  = note: {n} objects',
      fix: 'cargo install flip-link',
      works: '   Installed package `flip-link`',
      keys: ['cargo install flip-link'],
    },
    {
      command: 'cargo xtask ota --slot {arg}',
      error: 'Error: manifest {n}: development key has expired',
      fix: 'cargo xtask keys renew-dev',
      works: 'new development key until next month',
      keys: ['cargo xtask keys renew-dev'],
    },
  ],
  rules: [
    {
      command: 'cargo clippy --workspace 2>&1 | head -40',
      rule: 'clippy::arithmetic_side_effects',
      line: 'error: arithmetic operation that can potentially result in unexpected side-effects\n  --> {file}:{n}:17\n  = note: `-D clippy::arithmetic-side-effects` implied by `-D warnings`\n  = help: for further information visit https://rust-lang.github.io/rust-clippy/master/index.html#arithmetic_side_effects',
      end: 'error: could not compile `valve-core` (lib) due to 1 previous error',
      before: 'let next = step + gain;',
      after: 'let next = step.saturating_add(gain);',
    },
    {
      command: 'cargo clippy -p drivers',
      rule: 'clippy::undocumented_unsafe_blocks',
      line: 'error: unsafe block missing a safety comment\n  --> {file}:{n}:5\n  = help: for further information visit https://rust-lang.github.io/rust-clippy/master/index.html#undocumented_unsafe_blocks',
      end: 'error: could not compile `drivers` (lib) due to 1 previous error',
      before: 'unsafe { read(reg) }',
      after: '// SAFETY: the register is readable at any time.\nunsafe { read(reg) }',
    },
    {
      command: 'cargo deny check bans | tail -15',
      rule: 'duplicate',
      line: "error[duplicate]: found 2 duplicate entries for crate 'embedded-hal'\n   ┌─ Cargo.lock:{n}:1",
      end: 'bans FAILED',
      before: 'embedded-hal = "0.2"',
      after: 'embedded-hal = "1"',
    },
  ],
  workflows: [
    {
      steps: [
        'probe-rs list',
        'cargo xtask erase --board {arg}',
        'cargo xtask provision --board {arg}',
        'cargo xtask selftest --board {arg}',
      ],
      args: ['rev-b', 'rev-c', 'desk-2', 'rack-4', 'demo'],
      keys: ['probe-rs list', 'cargo xtask provision', 'cargo xtask selftest'],
    },
    {
      steps: [
        'cargo xtask trace --task {arg}',
        'cargo xtask flame',
        'cargo size --release',
        'cargo xtask power-report',
      ],
      args: ['motor', 'radio', 'display', 'sensor', 'logger'],
      keys: ['cargo xtask trace', 'cargo xtask flame', 'power-report'],
    },
  ],
};
