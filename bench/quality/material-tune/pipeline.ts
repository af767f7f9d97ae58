import type { Material } from '../domain.ts';

export const pipeline: Material = {
  lessons: [
    {
      do: ['add new packages with `uv add`', 'install packages through `uv add`'],
      dont: ['run `pip install` in the project', 'use `pip install` for packages'],
      keys: ['uv add', 'pip install'],
    },
    {
      do: ['write partitions with `write_partition`', 'go through `write_partition` when writing partitions'],
      dont: ['overwrite a whole table', 'rewrite entire tables'],
      keys: ['write_partition', 'table'],
    },
    {
      do: ['keep timestamps in UTC until the mart', 'leave timestamps in UTC up to the mart'],
      dont: ['convert to local time in staging models', 'use local time in the staging models'],
      keys: ['UTC', 'local time'],
    },
    {
      do: ['name models with the prefix stg_ or fct_', 'prefix model names with stg_ or fct_'],
      dont: ['put business logic in staging models', 'write business logic into staging'],
      keys: ['stg_', 'business logic'],
    },
    {
      do: [
        'mark tests that touch the network with `@pytest.mark.net`',
        'put `@pytest.mark.net` on tests that need the network',
      ],
      dont: ['call the real gateway from a unit test', 'let unit tests talk to the real gateway'],
      keys: ['pytest.mark.net', 'gateway'],
    },
    {
      do: ['log with `log.bind` and key value pairs', 'use `log.bind` with key value pairs for logging'],
      dont: ['use print for debugging output', 'leave print calls for debugging'],
      keys: ['log.bind', 'print'],
    },
    {
      do: [
        'bump `EXTRACT_VERSION` when the parser changes',
        'raise `EXTRACT_VERSION` with every change of the parser',
      ],
      dont: ['reuse an old extract version', 'keep the extract version after a parser change'],
      keys: ['EXTRACT_VERSION', 'extract version'],
    },
    {
      do: [
        'test a backfill with `--dry-run` on one day first',
        'try backfills for one day with `--dry-run` first',
      ],
      dont: ['start a backfill on a Friday', 'run backfills on Fridays'],
      keys: ['--dry-run', 'Friday'],
    },
    {
      do: [
        'quote identifiers of the source with double quotes',
        'put double quotes around identifiers of the source',
      ],
      dont: ['select star from a source', 'write select star on sources'],
      keys: ['double quotes', 'select star'],
    },
  ],
  stale: [
    {
      topic: 'deploy',
      note: 'The scheduler UI is at http://airflow.gridflow.test:8080.',
      subject: 'the address of the scheduler UI',
      old: 'http://airflow.gridflow.test:8080',
      new: 'https://dags.gridflow.test',
    },
    {
      topic: 'build',
      note: 'The Python version is 3.11.',
      subject: 'the Python version',
      old: '3.11',
      new: '3.13',
    },
    {
      topic: 'data',
      note: 'Raw files land in the bucket `grid-raw`.',
      subject: 'the bucket for raw files',
      old: '`grid-raw`',
      new: '`grid-landing`',
    },
    {
      topic: 'data',
      note: 'The late arrival window is 36 hours.',
      subject: 'the late arrival window',
      old: '36 hours',
      new: '72 hours',
    },
    {
      topic: 'deploy',
      note: 'The warehouse runs on Snowflake.',
      subject: 'the warehouse',
      old: 'Snowflake',
      new: 'BigQuery',
    },
    {
      topic: 'team',
      note: 'The contact for meter questions is Hanneke.',
      subject: 'the contact for meter questions',
      old: 'Hanneke',
      new: 'Dirk',
    },
    {
      topic: 'testing',
      note: 'The coverage limit in CI is 75 percent.',
      subject: 'the coverage limit',
      old: '75 percent',
      new: '85 percent',
    },
  ],
  gone: [
    {
      topic: 'deploy',
      note: 'The nightly csv export sends a file to the old customer portal.',
      thing: 'the nightly csv export',
    },
    {
      topic: 'testing',
      note: 'The docker fixture `kafka-mini` gives tests a broker.',
      thing: 'the docker fixture `kafka-mini`',
    },
    {
      topic: 'data',
      note: 'The table `tariff_legacy` maps the codes of before 2023.',
      thing: 'the table `tariff_legacy`',
    },
    {
      topic: 'team',
      note: 'The data guild meets every second Wednesday about naming.',
      thing: 'the data guild',
    },
  ],
  errors: [
    {
      command: 'dbt run --select {arg}',
      error:
        "Running with dbt=1.9.1\nRuntime Error\n  Could not find profile named 'gridflow'\n  at line {n}",
      fix: 'make dbt-profile',
      works: '',
      keys: ['make dbt-profile'],
    },
    {
      command: 'pytest tests/integration/test_{arg}.py',
      error:
        'E   gridflow.errors.FixtureMissing: tests/data/meters-{n}.parquet not found\n1 error in {n}.21s',
      fix: 'make fetch-fixtures',
      works: 'downloaded 14 files to tests/data',
      keys: ['make fetch-fixtures'],
    },
    {
      command: 'python -m gridflow.backfill --day 2026-03-{n}',
      error:
        'Traceback (most recent call last):\n  File "gridflow/backfill.py", line {n}, in main\ngridflow.errors.LeaseError: lease for 2026-03-{n} is taken by worker-{n}',
      fix: 'python -m gridflow.leases release --expired',
      works: 'released 3 leases',
      keys: ['gridflow.leases release --expired'],
    },
  ],
  rules: [
    {
      command: 'ruff check . | tail -15',
      rule: 'DTZ005',
      line: '{file}:{n}:12: DTZ005 `datetime.datetime.now()` called without a `tz` argument',
      end: 'Found 2 errors.',
      before: 'now = datetime.now()',
      after: 'now = datetime.now(tz=UTC)',
    },
    {
      command: 'ruff check gridflow',
      rule: 'B905',
      line: '{file}:{n}:9: B905 `zip()` without an explicit `strict=` parameter',
      end: 'Found 1 error.',
      before: 'for a, b in zip(left, right):',
      after: 'for a, b in zip(left, right, strict=True):',
    },
    {
      command: 'sqlfluff lint models 2>&1 | head -40',
      rule: 'LT02',
      line: 'L:  {n} | P:   5 | LT02 | Expected indent of 4 spaces.',
      end: 'All Finished!',
      before: '  meter_id',
      after: '    meter_id',
    },
  ],
  workflows: [
    {
      steps: [
        'make sample-data',
        'dbt build --select {arg}',
        'dbt test --select {arg}',
        'make compare-marts',
      ],
      args: ['stg_readings', 'consumption', 'tariff_days', 'outage_minutes', 'stg_meters'],
      keys: ['make sample-data', 'dbt build', 'make compare-marts'],
    },
    {
      steps: ['uv lock', 'uv sync --frozen', 'python -m gridflow.doctor', 'pytest tests/smoke'],
      args: [''],
      keys: ['uv lock', 'gridflow.doctor', 'pytest'],
    },
  ],
};
