import type { Material } from '../domain.ts';

export const pipeline: Material = {
  lessons: [
    {
      do: ['read files through `lake.scan`', 'use `lake.scan` to read files'],
      dont: ['open parquet files by path', 'read parquet files with a plain path'],
      keys: ['lake.scan', 'parquet files'],
    },
    {
      do: [
        'give each task an owner and a `retries` value',
        'set an owner and a `retries` value on every task',
      ],
      dont: ['use `depends_on_past`', 'set `depends_on_past` on tasks'],
      keys: ['retries', 'depends_on_past'],
    },
    {
      do: ['add a `not_null` test to every key column', 'put a `not_null` test on key columns'],
      dont: ['materialise a staging model as a table', 'turn staging models into a table'],
      keys: ['not_null', 'staging model'],
    },
    {
      do: ['annotate every function with types', 'put types on every function'],
      dont: ['silence mypy with `type: ignore`', 'write `type: ignore` comments'],
      keys: ['every function', 'type: ignore'],
    },
    {
      do: [
        'describe new columns in `models/schema.yml`',
        'add a description to `models/schema.yml` for new columns',
      ],
      dont: ['expose a surrogate key to analysts', 'let analysts see a surrogate key'],
      keys: ['models/schema.yml', 'surrogate key'],
    },
    {
      do: ['raise `GridflowError` with the meter id', 'put the meter id into a `GridflowError` when raising'],
      dont: ['swallow exceptions in a loader', 'let a loader swallow exceptions'],
      keys: ['GridflowError', 'swallow exceptions'],
    },
    {
      do: ['clear notebook output with `make strip`', 'run `make strip` on notebooks before a commit'],
      dont: ['commit notebook output', 'check in notebook output'],
      keys: ['make strip', 'notebook output'],
    },
    {
      do: ['iterate with polars expressions', 'write polars expressions for row logic'],
      dont: ['use `map_elements`', 'fall back to `map_elements`'],
      keys: ['polars expressions', 'map_elements'],
    },
    {
      do: ['get secrets from the `vault` fixture', 'take secrets out of the `vault` fixture'],
      dont: ['load a dotenv file in tests', 'read the dotenv file from tests'],
      keys: ['`vault` fixture', 'dotenv file'],
    },
  ],
  stale: [
    {
      topic: 'data',
      note: 'The retention of raw readings is 400 days.',
      subject: 'the retention of raw readings',
      old: '400 days',
      new: '730 days',
    },
    {
      topic: 'build',
      note: 'The Airflow version is 2.8.',
      subject: 'the Airflow version',
      old: '2.8',
      new: '3.1',
    },
    {
      topic: 'deploy',
      note: 'The lineage viewer is at lineage.melt.test.',
      subject: 'the address of the lineage viewer',
      old: 'lineage.melt.test',
      new: 'atlas.meltwater.test',
    },
    {
      topic: 'deploy',
      note: 'The hourly run starts at minute 5.',
      subject: 'the start of the hourly run',
      old: 'minute 5',
      new: 'minute 20',
    },
    {
      topic: 'testing',
      note: 'The small sample has 250 meters.',
      subject: 'the size of the small sample',
      old: '250 meters',
      new: '1000 meters',
    },
    {
      topic: 'data',
      note: 'The weather provider is Meteoblue.',
      subject: 'the weather provider',
      old: 'Meteoblue',
      new: 'DWD',
    },
    {
      topic: 'team',
      note: 'The approver of schema changes is Katarzyna.',
      subject: 'the approver of schema changes',
      old: 'Katarzyna',
      new: 'Emeka',
    },
  ],
  gone: [
    {
      topic: 'build',
      note: 'The conda environment `grid-ml` is used to train models.',
      thing: 'the conda environment `grid-ml`',
    },
    { topic: 'data', note: 'The fax gateway turns outage reports into tickets.', thing: 'the fax gateway' },
    {
      topic: 'deploy',
      note: 'The shadow warehouse gets a copy of every mart.',
      thing: 'the shadow warehouse',
    },
    {
      topic: 'team',
      note: 'The forecast newsletter lists changes of the model for traders.',
      thing: 'the forecast newsletter',
    },
  ],
  errors: [
    {
      command: 'dbt compile --select {arg}',
      error:
        'Compilation Error\n  dbt found {n} package(s) specified in packages.yml, but only 0 package(s) installed in dbt_packages.',
      fix: 'dbt deps',
      works: 'Installed from version 1.3.0',
      keys: ['dbt deps'],
    },
    {
      command: 'airflow dags test {arg}',
      error:
        'sqlalchemy.exc.OperationalError: no such column: dag.max_{n}\nERROR - dag {arg} failed after {n} s',
      fix: 'airflow db migrate',
      works: 'Database migrating done!',
      keys: ['airflow db migrate'],
    },
    {
      command: 'mypy -p gridflow.{arg}',
      error:
        'gridflow/{arg}/__init__.py:{n}: error: Cannot find implementation or library stub for module named "metersdk"',
      fix: 'make sdk-stubs',
      works: 'copied 9 stubs',
      keys: ['make sdk-stubs'],
    },
  ],
  rules: [
    {
      command: 'ruff check gridflow 2>&1 | head -12',
      rule: 'PLW2901',
      line: '{file}:{n}:9: PLW2901 `for` loop variable `row` overwritten by assignment target',
      end: 'Found 1 error.',
      before: 'row = row.strip()',
      after: 'clean = row.strip()',
    },
    {
      command: 'ruff check .',
      rule: 'S608',
      line: '{file}:{n}:13: S608 Possible SQL injection vector through string-based query construction',
      end: 'Found 1 error.',
      before: 'run(f"select id from {name}")',
      after: 'run("select id from ?", name)',
    },
    {
      command: 'sqlfluff lint models/marts | tail -20',
      rule: 'AL05',
      line: 'L:  {n} | P:  11 | AL05 | Alias is not used in SELECT statement.',
      end: 'All Finished!',
      before: 'from readings as r',
      after: 'from readings',
    },
  ],
  workflows: [
    {
      steps: [
        'python -m gridflow.train --target {arg}',
        'python -m gridflow.evaluate --target {arg}',
        'make model-card',
        'dvc push',
      ],
      args: ['load', 'solar', 'wind', 'price', 'losses'],
      keys: ['gridflow.train', 'gridflow.evaluate', 'dvc push'],
    },
    {
      steps: [
        'ruff format .',
        'ruff check --fix .',
        'mypy --strict gridflow/{arg}',
        'pytest tests/unit/{arg} -q',
      ],
      args: ['ingest', 'tariffs', 'forecast', 'quality', 'export'],
      keys: ['ruff format', 'mypy', 'pytest'],
    },
  ],
};
