import type { Material } from '../domain.ts';

export const firmware: Material = {
  lessons: [
    {
      do: ['convert units with `fugit`', 'use `fugit` to convert units'],
      dont: ['pass raw ticks around', 'hand over raw ticks'],
      keys: ['fugit', 'raw ticks'],
    },
    {
      do: [
        'guard shared state with `critical_section::Mutex`',
        'put shared state behind `critical_section::Mutex`',
      ],
      dont: ['use static mut', 'introduce static mut'],
      keys: ['critical_section::Mutex', 'static mut'],
    },
    {
      do: [
        'open board files under `docs/boards` before touching pins',
        'check `docs/boards` before you touch pins',
      ],
      dont: ['guess pin numbers', 'make up pin numbers'],
      keys: ['docs/boards', 'pin numbers'],
    },
    {
      do: [
        'run `cargo xtask hil --quick` before asking for review',
        'before a review, run `cargo xtask hil --quick`',
      ],
      dont: ['ask for review without a rack run', 'request a review before a rack run'],
      keys: ['cargo xtask hil --quick', 'rack run'],
    },
    {
      do: ['log errors once at the task boundary', 'report errors at the task boundary only'],
      dont: ['panic in a task', 'let tasks panic'],
      keys: ['task boundary', 'panic'],
    },
    {
      do: ['store calibration through `FlashStore::commit`', 'use `FlashStore::commit` to store calibration'],
      dont: ['write to flash from an interrupt', 'touch flash inside an interrupt'],
      keys: ['FlashStore::commit', 'interrupt'],
    },
    {
      do: ['keep motor currents below 180 mA', 'limit motor currents to 180 mA'],
      dont: ['drive the motor while charging', 'run the motor during charging'],
      keys: ['180 mA', 'charging'],
    },
    {
      do: [
        'encode messages with `postcard` and a version byte',
        'use `postcard` and a version byte for messages',
      ],
      dont: ['change the order of enum variants', 'reorder enum variants'],
      keys: ['version byte', 'enum variants'],
    },
    {
      do: ['name features in kebab case', 'use kebab case for features'],
      dont: ['enable default features of dependencies', 'turn on default features of dependencies'],
      keys: ['kebab case', 'default features'],
    },
  ],
  stale: [
    {
      topic: 'data',
      note: 'The battery warning level is 2.4 V.',
      subject: 'the battery warning level',
      old: '2.4 V',
      new: '2.6 V',
    },
    {
      topic: 'build',
      note: 'The linker is rust-lld.',
      subject: 'the linker',
      old: 'rust-lld',
      new: 'flip-link',
    },
    {
      topic: 'testing',
      note: 'The hardware rack has 6 slots.',
      subject: 'the number of slots of the hardware rack',
      old: '6',
      new: '14',
    },
    {
      topic: 'deploy',
      note: 'The update server is ota.hollowoak.test.',
      subject: 'the update server',
      old: 'ota.hollowoak.test',
      new: 'fleet.hollowoak.test',
    },
    {
      topic: 'team',
      note: 'The lab manager is Henrik.',
      subject: 'the lab manager',
      old: 'Henrik',
      new: 'Oluwaseun',
    },
    {
      topic: 'build',
      note: 'The flash budget is 256 KiB.',
      subject: 'the flash budget',
      old: '256 KiB',
      new: '384 KiB',
    },
    {
      topic: 'data',
      note: 'The join interval of the radio is 10 minutes.',
      subject: 'the join interval of the radio',
      old: '10 minutes',
      new: '25 minutes',
    },
  ],
  gone: [
    {
      topic: 'testing',
      note: 'The old climate chamber is used for cold start cases.',
      thing: 'the old climate chamber',
    },
    {
      topic: 'build',
      note: 'The crate `valve-hal-shim` hides differences between boards.',
      thing: 'the crate `valve-hal-shim`',
    },
    {
      topic: 'deploy',
      note: 'The beta fleet of forty devices gets images a week early.',
      thing: 'the beta fleet',
    },
    { topic: 'team', note: 'The Friday demo shows new features to sales.', thing: 'the Friday demo' },
  ],
  errors: [
    {
      command: 'cargo xtask ota --device {n}',
      error: 'Error: device {n} rejected the image: manifest is not signed',
      fix: 'cargo xtask dev-key',
      works: 'signed with the dev key',
      keys: ['cargo xtask dev-key'],
    },
    {
      command: 'cargo test -p {arg}',
      error:
        'error: failed to load bitcode of module "valve_core.{n}"\nerror: could not compile `{arg}` (lib test)',
      fix: 'cargo clean -p valve-core',
      works: '     Removed 214 files',
      keys: ['cargo clean -p valve-core'],
    },
    {
      command: 'cargo xtask sim --trace {arg}',
      error: 'Error: trace buffer overrun after {n} steps',
      fix: 'cargo xtask sim-config --trace-mb 64',
      works: '',
      keys: ['sim-config --trace-mb 64'],
    },
  ],
  rules: [
    {
      command: 'cargo clippy -p drivers 2>&1 | head -30',
      rule: 'clippy::unwrap_used',
      line: 'warning: used `unwrap()` on a `Result` value\n  --> {file}:{n}:17\n  = help: for further information visit https://rust-lang.github.io/rust-clippy/master/index.html#unwrap_used\n  = note: requested on the command line with `-W clippy::unwrap-used`',
      end: 'warning: `drivers` (lib) generated 1 warning',
      before: 'bus.read().unwrap()',
      after: 'bus.read()?',
    },
    {
      command: 'cargo clippy --workspace',
      rule: 'clippy::float_arithmetic',
      line: 'error: floating-point arithmetic detected\n  --> {file}:{n}:13\n  = help: for further information visit https://rust-lang.github.io/rust-clippy/master/index.html#float_arithmetic\n  = note: `-D clippy::float-arithmetic` implied by `-D warnings`',
      end: 'error: could not compile `drivers` (lib) due to 1 previous error',
      before: 'let t = raw as f32 * 0.01;',
      after: 'let t = i32::from(raw);',
    },
    {
      command: 'cargo doc --no-deps 2>&1 | tail -12',
      rule: 'rustdoc::broken_intra_doc_links',
      line: 'warning: unresolved link to `Plan`\n  --> {file}:{n}:9\n  = note: `#[warn(rustdoc::broken_intra_doc_links)]` on by default',
      end: 'warning: `valve-core` (lib doc) generated 1 warning',
      before: '/// See [Plan].',
      after: '/// See [`crate::schedule::Plan`].',
    },
  ],
  workflows: [
    {
      steps: [
        'cargo xtask build-image --slot {arg}',
        'cargo xtask sign-dev',
        'cargo xtask ota --fleet bench',
        'cargo xtask confirm',
      ],
      args: ['a', 'b', 'factory', 'recovery', 'test'],
      keys: ['build-image', 'sign-dev', 'xtask confirm'],
    },
    {
      steps: [
        'cargo xtask power-profile --load {arg}',
        'cargo xtask plot-profile',
        'cargo xtask check-budget',
      ],
      args: ['idle', 'motor', 'radio', 'display', 'join'],
      keys: ['power-profile', 'plot-profile', 'check-budget'],
    },
  ],
};
