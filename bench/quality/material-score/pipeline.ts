import type { Material } from '../domain.ts';

export const pipeline: Material = {
  lessons: [
    {
      do: ['declare sources in `sources.yml` first', 'list every source in `sources.yml` first'],
      dont: ['reference raw tables in marts', 'use raw tables inside marts'],
      keys: ['sources.yml', 'raw tables'],
    },
    {
      do: ['pass the logical date as `ds`', 'hand the logical date over as `ds`'],
      dont: ['use `datetime.today` in a DAG', 'call `datetime.today` inside DAGs'],
      keys: ['logical date', 'datetime.today'],
    },
    {
      do: ['read secrets through `vault.get`', 'fetch secrets with `vault.get`'],
      dont: ['put connection strings into code', 'write connection strings in the code'],
      keys: ['vault.get', 'connection strings'],
    },
    {
      do: ['give each task a retry of two', 'set a retry of two on each task'],
      dont: ['catch bare exceptions', 'write a bare except'],
      keys: ['retry of two', 'bare'],
    },
    {
      do: [
        'add a contract test in `contracts/` for new columns',
        'cover new columns with a contract test in `contracts/`',
      ],
      dont: ['rename a column of a mart', 'rename mart columns'],
      keys: ['contracts/', 'rename'],
    },
    {
      do: ['use `Decimal` for tariffs', 'represent tariffs as `Decimal`'],
      dont: ['use floats for tariffs', 'store tariffs as floats'],
      keys: ['Decimal', 'floats'],
    },
    {
      do: ['clear notebook output before a commit', 'commit notebooks with cleared output'],
      dont: ['commit notebooks with customer rows', 'check in notebooks that show customer rows'],
      keys: ['output', 'customer rows'],
    },
    {
      do: ['read the archive in pages of 200 rows', 'take the archive in pages of 200 rows'],
      dont: ['read single rows of the archive', 'loop over single rows of the archive'],
      keys: ['200 rows', 'single rows'],
    },
    {
      do: [
        'explain every magic threshold in `docs/thresholds.md`',
        'document thresholds in `docs/thresholds.md`',
      ],
      dont: ['lower a quality threshold silently', 'silently lower quality thresholds'],
      keys: ['docs/thresholds.md', 'quality threshold'],
    },
  ],
  stale: [
    {
      topic: 'data',
      note: 'The reading interval is 15 minutes.',
      subject: 'the reading interval',
      old: '15 minutes',
      new: '5 minutes',
    },
    { topic: 'build', note: 'The dbt version is 1.7.', subject: 'the dbt version', old: '1.7', new: '1.10' },
    {
      topic: 'deploy',
      note: 'The image registry is registry.gridflow.test.',
      subject: 'the image registry',
      old: 'registry.gridflow.test',
      new: 'ghcr.gridflow.test',
    },
    {
      topic: 'team',
      note: 'The product owner is Annika.',
      subject: 'the product owner',
      old: 'Annika',
      new: 'Faisal',
    },
    {
      topic: 'data',
      note: 'The default time zone of exports is CET.',
      subject: 'the default time zone of exports',
      old: 'CET',
      new: 'UTC',
    },
    {
      topic: 'testing',
      note: 'The size of the sample set is 500 meters.',
      subject: 'the size of the sample set',
      old: '500 meters',
      new: '2000 meters',
    },
    {
      topic: 'deploy',
      note: 'The branch for hotfixes is `hot`.',
      subject: 'the branch for hotfixes',
      old: '`hot`',
      new: '`stable`',
    },
  ],
  gone: [
    {
      topic: 'deploy',
      note: 'The Jenkins job `grid-nightly` builds the wheel.',
      thing: 'the Jenkins job `grid-nightly`',
    },
    { topic: 'data', note: 'The ftp drop of the municipal works comes at noon.', thing: 'the ftp drop' },
    {
      topic: 'testing',
      note: 'The staging warehouse is refreshed from production on Mondays.',
      thing: 'the staging warehouse',
    },
    {
      topic: 'team',
      note: 'The forecast council approves changes of the model.',
      thing: 'the forecast council',
    },
  ],
  errors: [
    {
      command: 'mypy gridflow/{arg}',
      error:
        'error: Cannot find implementation or library stub for module named "metersdk"  [import-not-found]\nFound {n} errors in 1 file',
      fix: 'uv sync --group typing',
      works: 'Installed 3 packages',
      keys: ['uv sync --group typing'],
    },
    {
      command: 'dbt test --select {arg}',
      error:
        'Database Error\n  IO Error: Could not set lock on file "warehouse.duckdb": Conflicting lock is held (PID {n})',
      fix: 'make unlock-warehouse',
      works: 'lock removed',
      keys: ['make unlock-warehouse'],
    },
    {
      command: 'airflow dags test {arg} 2026-03-{n}',
      error: "airflow.exceptions.AirflowException: Connection id `meter_gateway` isn't defined\n(line {n})",
      fix: './scripts/import-connections.sh',
      works: '12 connections imported',
      keys: ['import-connections.sh'],
    },
  ],
  rules: [
    {
      command: 'ruff check --output-format concise gridflow || true',
      rule: 'S608',
      line: '{file}:{n}:15: S608 Possible SQL injection vector through string-based query construction',
      end: 'Found 1 error.',
      before: 'q = f"select {x}"',
      after: 'q = text("select :x")',
    },
    {
      command: 'ruff check .',
      rule: 'PLR2004',
      line: '{file}:{n}:8: PLR2004 Magic value used in comparison, consider replacing `96` with a constant variable',
      end: 'Found 1 error.',
      before: 'if count == 96:',
      after: 'if count == QUARTERS:',
    },
    {
      command: 'mypy gridflow | tail -5',
      rule: 'no-untyped-def',
      line: '{file}:{n}: error: Function is missing a return type annotation  [no-untyped-def]',
      end: 'Found 1 error in 1 file (checked 41 source files)',
      before: 'def load(path):',
      after: 'def load(path: Path) -> Frame:',
    },
  ],
  workflows: [
    {
      steps: [
        'python -m gridflow.extract --meter {arg}',
        'make quality-report',
        'python -m gridflow.compare --baseline',
        'make publish-dry',
      ],
      args: ['TST-1', 'TST-22', 'TST-34', 'TST-41', 'TST-5'],
      keys: ['gridflow.extract', 'make quality-report', 'gridflow.compare'],
    },
    {
      steps: ['dbt seed', 'dbt snapshot', 'dbt run --select {arg}+', 'make lineage'],
      args: ['stg_tariffs', 'stg_meters', 'stg_outages', 'stg_exports', 'stg_forecast'],
      keys: ['dbt seed', 'dbt snapshot', 'make lineage'],
    },
  ],
};
