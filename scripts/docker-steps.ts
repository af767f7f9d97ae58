/**
 * Runs the steps of the Dockerfile in clean folders as an ordinary user, starts what it starts and asks its health check:
 * for machines without Docker. What belongs to the image itself is left out, and said: packages of Debian, and owners.
 */
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Copy, DockerfileParser, type Instruction } from 'dockerfile-ast';

const root = join(import.meta.dirname, '..');
/** The account that nobody signs in with, on every Linux. */
const nobody = 65_534;
const asRoot = process.getuid?.() === 0;
const user: SpawnOptions = asRoot ? { uid: nobody, gid: nobody } : {};
/** Needs a root that an ordinary user has not. */
const imageOnly = /^\s*apt-get /;
const port = '38211';
/** How this machine reaches the registry, as `docker build` would be told it. */
const network = Object.fromEntries(
  Object.entries(process.env).filter(([name]) =>
    /^(npm_config_|https?_proxy$|no_proxy$|node_extra_ca_certs$)/i.test(name),
  ),
) as Record<string, string>;

interface Stage {
  readonly name: string;
  /** Stands for `/` of the image. */
  readonly folder: string;
  readonly env: Record<string, string>;
  workdir: string;
}

const top = mkdtempSync(join(tmpdir(), 'dreamkeeper-docker-'));
chmodSync(top, 0o755);
try {
  const last = build(
    DockerfileParser.parse(readFileSync(join(root, 'Dockerfile'), 'utf8')).getInstructions(),
  );
  await start(last.stage, last.command, last.check);
  console.log('The Dockerfile builds, starts, is healthy and stops.');
} finally {
  rmSync(top, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

function build(instructions: readonly Instruction[]) {
  const stages: Stage[] = [];
  const said = new Map<string, readonly string[]>();
  for (const instruction of instructions) {
    const keyword = instruction.getKeyword();
    const text = instruction.getArgumentsContent() ?? '';
    if (keyword === 'FROM') {
      stages.push(newStage(text, stages));
      continue;
    }
    const stage = stages.at(-1);
    if (stage === undefined) throw new Error(`${keyword} before FROM`);
    console.log(`${stage.name}: ${keyword} ${text.slice(0, 100)}`);
    if (keyword === 'WORKDIR') stage.workdir = folder(stage, text);
    if (keyword === 'ENV') Object.assign(stage.env, variables(text));
    if (keyword === 'COPY') copy(instruction, stage, stages);
    if (keyword === 'RUN') run(text, stage);
    if (keyword === 'ENTRYPOINT' || keyword === 'CMD') said.set(keyword, stringsOf(text));
    if (keyword === 'HEALTHCHECK') said.set(keyword, stringsOf(text));
  }
  const stage = stages.at(-1);
  if (stage === undefined) throw new Error('There is no stage.');
  return {
    stage,
    command: [...(said.get('ENTRYPOINT') ?? []), ...(said.get('CMD') ?? [])],
    check: said.get('HEALTHCHECK') ?? [],
  };
}

function newStage(text: string, stages: readonly Stage[]): Stage {
  const [from = '', , name = `stage ${stages.length}`] = text.split(/\s+/);
  const base = stages.find((each) => each.name === from);
  const made = join(top, String(stages.length));
  if (base === undefined) mkdirSync(made);
  else cpSync(base.folder, made, { recursive: true });
  own(made);
  // As in the image, which has its own Node first; ours is that of this script.
  const env = { ...network, PATH: [join(process.execPath, '..'), '/usr/bin', '/bin'].join(':'), HOME: made };
  return {
    name,
    folder: made,
    env: { ...env, ...base?.env, HOME: made },
    workdir: base === undefined ? '/' : base.workdir,
  };
}

function folder(stage: Stage, path: string): string {
  mkdirSync(join(stage.folder, path), { recursive: true });
  own(join(stage.folder, path));
  return path;
}

/** `COPY [--from=stage] source… target`: a folder's contents, or a file, as Docker does it. */
function copy(instruction: Instruction, stage: Stage, stages: readonly Stage[]): void {
  const flags = instruction instanceof Copy ? instruction.getFlags() : [];
  const from = flags.find((flag) => flag.getName() === 'from')?.getValue();
  const source = stages.find(({ name }) => name === from)?.folder ?? root;
  const paths = (instruction.getArgumentsContent() ?? '').split(/\s+/);
  const target = paths.pop() ?? '.';
  for (const path of paths) {
    if (source === root) requireInContext(path);
    const into = target.endsWith('/') ? join(target, path.split('/').at(-1) ?? '') : target;
    const to = join(stage.folder, into.startsWith('/') ? into : join(stage.workdir, into));
    cpSync(join(source, path), to, { recursive: true, verbatimSymlinks: true });
    own(to);
  }
}

/** What .dockerignore leaves out is not there for Docker, though it is here. */
function requireInContext(path: string): void {
  const kept = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
  if (!kept.includes(`!${path}`)) throw new Error(`.dockerignore leaves ${path} out`);
}

function run(text: string, stage: Stage): void {
  if (imageOnly.test(text)) return console.log('  … left out: it belongs to the image');
  const command = text.replaceAll(/\\\n/g, ' ').replaceAll(/ chown \S+ /g, ' test -d ');
  const inFolders = command.replaceAll(/(?<=\s)\/(app|data)\b/g, (_, name: string) =>
    join(stage.folder, name),
  );
  const options = { cwd: join(stage.folder, stage.workdir), env: stage.env, ...user };
  const { status } = spawnSync('/bin/sh', ['-c', inFolders], { ...options, stdio: 'inherit' });
  if (status !== 0) throw new Error(`RUN ended with ${String(status)}: ${text}`);
}

async function start(stage: Stage, command: readonly string[], check: readonly string[]): Promise<void> {
  const here = (word: string): string => (/^\/(app|data)\b/.test(word) ? join(stage.folder, word) : word);
  const set = Object.entries(stage.env).map(([name, value]): [string, string] => [name, here(value)]);
  const env = { ...Object.fromEntries(set), PORT: port, HOST: '127.0.0.1' };
  const options: SpawnOptions = { cwd: join(stage.folder, stage.workdir), env, ...user, stdio: 'inherit' };
  const [program = '', ...args] = command.map(here);
  const server = spawn(program, args, options);
  try {
    await healthy(
      server,
      () => spawnSync(check[0] ?? '', check.slice(1), { ...options, stdio: 'ignore' }).status === 0,
    );
  } finally {
    server.kill('SIGTERM');
  }
  const [code] =
    server.exitCode === null ? ((await once(server, 'exit')) as [number | null]) : [server.exitCode];
  if (code !== 0) throw new Error(`It ended with ${String(code)}.`);
}

async function healthy(server: ChildProcess, ask: () => boolean): Promise<void> {
  for (let tries = 0; tries < 40; tries += 1) {
    if (server.exitCode !== null) throw new Error(`It ended with ${server.exitCode}.`);
    if (ask()) return;
    await sleep(250);
  }
  throw new Error('It is not healthy after 10 seconds.');
}

function variables(text: string): Record<string, string> {
  return Object.fromEntries(text.split(/\s+/).map((pair) => pair.split('=', 2) as [string, string]));
}

/** Of the form that starts no shell. */
function stringsOf(text: string): readonly string[] {
  return JSON.parse(text.slice(text.indexOf('['))) as string[];
}

/** Of the ordinary user, as files of an image are of whoever builds it. */
function own(path: string): void {
  if (!asRoot || !existsSync(path)) return;
  spawnSync('chown', ['-R', `${nobody}:${nobody}`, path]);
  chownSync(path, nobody, nobody);
}
