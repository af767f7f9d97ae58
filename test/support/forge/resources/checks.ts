/** Check runs and the suites they make up. */
import { findCommit } from '../git/repository.ts';
import {
  created,
  found,
  integer,
  invalid,
  listed,
  notFound,
  ok,
  optionalText,
  Refusal,
  text,
  type RepositoryCall,
  type RepositoryHandlers,
} from '../server/handler.ts';
import type { Annotation, CheckAction, CheckRun } from '../state/checks.ts';
import type { Account } from '../state/account.ts';
import type { Repository } from '../state/repository.ts';
import { newId } from '../state/state.ts';
import { checkRunPayload, checkRunView, checkSuiteView } from '../views/checks.ts';
import { repositoryPage } from '../views/repository.ts';
import { timestamp, type Document, type World } from '../world.ts';

const runs = ({ repository }: RepositoryCall): CheckRun[] => [...repository.checkRuns.values()];
const runOf = ({ repository, input }: RepositoryCall): CheckRun =>
  found(repository.checkRuns.get(integer(input, 'check_run_id')));

export const checks: RepositoryHandlers = {
  'checks/create': { needs: ['checks:write'], answer: createRun },
  'checks/get': {
    needs: ['checks:read'],
    answer: (call) => ok(checkRunView(call.world, call.repository, runOf(call))),
  },
  'checks/update': {
    needs: ['checks:write'],
    answer(call) {
      const run = runOf(call);
      if (!run.byApp)
        throw new Refusal(
          403,
          'Invalid app_id `15368` - check run can only be modified by the GitHub App that created it.',
        );
      const before = run.status;
      apply(call, run);
      if (before !== 'completed' && run.status === 'completed') tellRun(call, run, 'completed');
      return ok(checkRunView(call.world, call.repository, run));
    },
  },
  'checks/list-annotations': {
    needs: ['checks:read'],
    answer(call) {
      const run = runOf(call);
      const page = `${repositoryPage(call.world, call.repository)}/blob/${run.headSha}`;
      return listed(run.annotations, (annotation) => annotationView(page, annotation));
    },
  },
  'checks/rerequest-run': {
    needs: ['checks:write'],
    answer(call) {
      tellRun(call, runOf(call), 'rerequested');
      return created({});
    },
  },
  'checks/list-for-ref': {
    needs: ['checks:read'],
    async answer(call) {
      const { repository, input } = call;
      const sha = found(await findCommit(repository, text(input, 'ref')));
      const name = optionalText(input, 'check_name');
      const status = optionalText(input, 'status');
      const appId = input.app_id;
      const wanted = runs(call).filter(
        (run) =>
          run.headSha === sha &&
          (name === undefined || run.name === name) &&
          (status === undefined || run.status === status) &&
          (appId === undefined || (appId === call.world.state.app.id) === run.byApp),
      );
      const shown = optionalText(input, 'filter') === 'all' ? wanted : latest(wanted);
      return listed(shown, (run) => checkRunView(call.world, repository, run), 'check_runs');
    },
  },
  'checks/list-for-suite': {
    needs: ['checks:read'],
    answer(call) {
      const own = runs(call).filter(({ suite }) => suite === integer(call.input, 'check_suite_id'));
      return listed(own, (run) => checkRunView(call.world, call.repository, run), 'check_runs');
    },
  },
  'checks/get-suite': {
    needs: ['checks:read'],
    async answer(call) {
      const own = runs(call).filter(({ suite }) => suite === integer(call.input, 'check_suite_id'));
      if (own.length === 0) throw notFound();
      return ok(await checkSuiteView(call.world, call.repository, own));
    },
  },
  'checks/list-suites-for-ref': {
    needs: ['checks:read'],
    async answer(call) {
      const sha = found(await findCommit(call.repository, text(call.input, 'ref')));
      const suites = Map.groupBy(
        runs(call).filter(({ headSha }) => headSha === sha),
        ({ suite }) => suite,
      );
      return listed(
        suites.values(),
        (own) => checkSuiteView(call.world, call.repository, own),
        'check_suites',
      );
    },
  },
};

/** The newest run of each name. */
function latest(all: readonly CheckRun[]): CheckRun[] {
  return [...new Map(all.map((run) => [`${run.name} ${run.byApp}`, run])).values()];
}

async function createRun(call: RepositoryCall) {
  const { world, repository, input, actor } = call;
  if (actor.kind !== 'installation') throw new Refusal(403, 'You must authenticate via a GitHub App.');
  const headSha = text(input, 'head_sha');
  if ((await findCommit(repository, headSha)) !== headSha)
    throw new Refusal(422, `No commit found for SHA: ${headSha}`);
  const run = addRun(world, repository, { name: text(input, 'name'), headSha, byApp: true });
  apply(call, run);
  tellRun(call, run, 'created');
  if (run.status === 'completed') tellRun(call, run, 'completed');
  return created(checkRunView(world, repository, run));
}

/** A run that is queued. Those of one App on one commit are one suite. */
export function addRun(
  world: World,
  repository: Repository,
  { name, headSha, byApp }: { readonly name: string; readonly headSha: string; readonly byApp: boolean },
): CheckRun {
  const sibling = [...repository.checkRuns.values()].find(
    (run) => run.headSha === headSha && run.byApp === byApp,
  );
  const run: CheckRun = {
    id: newId(world.state),
    suite: sibling?.suite ?? newId(world.state),
    headSha,
    name,
    byApp,
    status: 'queued',
    conclusion: null,
    startedAt: timestamp(world),
    completedAt: null,
    externalId: '',
    detailsUrl: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
    actions: [],
  };
  repository.checkRuns.set(run.id, run);
  return run;
}

interface Output {
  readonly title?: string;
  readonly summary: string;
  readonly text?: string;
  readonly annotations?: readonly Annotation[];
}

function apply({ world, input }: RepositoryCall, run: CheckRun): void {
  run.name = optionalText(input, 'name') ?? run.name;
  run.externalId = optionalText(input, 'external_id') ?? run.externalId;
  run.detailsUrl = optionalText(input, 'details_url') ?? run.detailsUrl;
  run.startedAt = optionalText(input, 'started_at') ?? run.startedAt;
  const conclusion = optionalText(input, 'conclusion');
  run.status = conclusion === undefined ? (optionalText(input, 'status') ?? run.status) : 'completed';
  run.conclusion = run.status === 'completed' ? (conclusion ?? run.conclusion) : null;
  run.completedAt =
    run.status === 'completed' ? (optionalText(input, 'completed_at') ?? timestamp(world)) : null;
  if (Array.isArray(input.actions)) run.actions = input.actions as CheckAction[];
  const output = input.output as Output | undefined;
  if (output === undefined) return;
  refuseTooMuch(output);
  run.title = output.title ?? run.title;
  run.summary = output.summary;
  run.text = output.text ?? run.text;
  // Each request adds to the annotations there are.
  run.annotations.push(...(output.annotations ?? []));
}

/** 65,535 characters each (docs); the description says so of none but the number of annotations. */
function refuseTooMuch({ summary, text: body = '' }: Output): void {
  for (const [field, value] of Object.entries({ summary, text: body }))
    if (value.length > 65_535)
      throw invalid(`Only 65535 characters are allowed; ${value.length} were supplied.`, 'CheckRun', field);
}

function annotationView(page: string, annotation: Annotation): Document {
  return {
    path: annotation.path,
    blob_href: `${page}/${annotation.path}`,
    start_line: annotation.start_line,
    end_line: annotation.end_line,
    start_column: annotation.start_column ?? null,
    end_column: annotation.end_column ?? null,
    annotation_level: annotation.annotation_level,
    title: annotation.title ?? null,
    message: annotation.message,
    raw_details: annotation.raw_details ?? null,
  };
}

function tellRun(call: RepositoryCall, run: CheckRun, action: string): void {
  announceRun(call.world, call.repository, run, { action, by: call.account });
}

export function announceRun(
  world: World,
  repository: Repository,
  run: CheckRun,
  { action, by, more = {} }: { readonly action: string; readonly by: Account; readonly more?: Document },
): void {
  const payload = { check_run: checkRunPayload(world, repository, run), ...more };
  world.announce({ event: 'check_run', action, sender: by, repository, payload });
}
