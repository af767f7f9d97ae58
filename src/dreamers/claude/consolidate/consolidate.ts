/** From what was noticed and the store to drafts: one lead agent, or several by topic and a lead who reconciles. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Quote } from '../../../core/dream/evidence.ts';
import type { Agent } from '../../../core/dream/proposal.ts';
import { count } from '../../../core/review/wording.ts';
import { clip } from '../../../core/review/visible.ts';
import { tokens } from '../../../core/text/tokens.ts';
import type { Mind } from '../../anthropic/mind.ts';
import { openDataBlocks, type DataBlocks } from '../data-block.ts';
import type { Observation } from '../observation.ts';
import { promptOf } from '../prompt.ts';
import { briefingOf, noticedTokens } from './briefing.ts';
import { converse, type AgentLimits, type Conversation, type End } from './converse.ts';
import { openDesk, type Desk } from './desk.ts';
import { deskTools, draftsText } from './desk-tools.ts';
import { finishTool } from './finish-tool.ts';
import { readTools, type Shelves } from './read-tools.ts';
import { rulesOver, type Rules } from './rules.ts';
import { noticedIn, type Noticed } from './search.ts';
import type { StoreText } from './store-text.ts';
import { topicsOf, type Topic } from './topics.ts';

export interface ConsolidateParts {
  readonly mind: Mind;
  readonly input: DreamInput;
  readonly observations: readonly Observation[];
  readonly store: StoreText;
  readonly random?: () => string;
  readonly limits?: Partial<AgentLimits>;
  /** Tokens of the store and what was noticed that one agent reads. */
  readonly room?: number;
}

/** Models hold more, and read less carefully the more it is; the rest is for what they look up. */
const agentRoom = 120_000;
/** Topics of one dream; what is beyond them waits for the next. */
const mostTopics = 24;

export interface Consolidated {
  readonly desk: Desk;
  readonly blocks: DataBlocks;
  /** For what a grader makes of the drafts. */
  readonly lead: Conversation;
  readonly remarks: readonly string[];
  readonly agents: readonly Agent[];
}

/**
 * @returns undefined when there is nothing to think about: then nobody is asked.
 * @throws as `askMind` for the first request; what befalls a later one ends it with a remark.
 */
export async function consolidate(parts: ConsolidateParts): Promise<Consolidated | undefined> {
  const { input, observations, store, random, room = agentRoom } = parts;
  const noticed = openOnly(input, observations);
  if (noticed.length === 0 && input.store.entries.size === 0) return undefined;
  const blocks = openDataBlocks(random);
  const rules = await rulesOver(input);
  const shelves = { input, store, blocks, rules, noticed: noticedIn(observations, input.signals) };
  const crew: Crew = { ...parts, shelves, desk: openDesk(input, observations) };
  const whole = store.whole();
  const size = tokens(whole) + noticed.reduce((sum, each) => sum + noticedTokens(each), 0);
  return size <= room ? alone(crew, noticed, whole) : byTopic(crew, noticed, room);
}

interface Crew extends ConsolidateParts {
  readonly shelves: Shelves;
  readonly desk: Desk;
}

/**
 * What was proposed, and merged or rejected, is looked up, not looked through. What a model observed need not be told by a
 * rule as well.
 */
function openOnly(input: DreamInput, observations: readonly Observation[]): readonly Noticed[] {
  const placeOf = ({ session, event }: Quote): string => `${session}\n${event}`;
  const observed = new Set(observations.flatMap(({ quotes }) => quotes.map(placeOf)));
  const said = new Set(
    input.signals.flatMap(({ kind, quotes }) =>
      kind === 'request' || kind === 'statement' ? quotes.map(placeOf) : [],
    ),
  );
  // That words may deny something is worth telling only where nothing else is known of them.
  const isTold = (kind: string, place: string): boolean =>
    observed.has(place) || (kind === 'refutation' && said.has(place));
  const more = input.signals.filter(({ kind, quotes }) =>
    quotes.some((quote) => !isTold(kind, placeOf(quote))),
  );
  return noticedIn(observations, more).filter(({ id }) => !input.closed.has(id));
}

async function alone(crew: Crew, noticed: readonly Noticed[], whole: string): Promise<Consolidated> {
  const { input, shelves, desk } = crew;
  const lead = agentOf(crew, {
    name: 'the lead',
    by: 'lead',
    memory: `The store:\n${shelves.blocks.enclose(whole)}`,
    first: true,
  });
  const end = await lead.say(briefingOf(input, shelves, noticed));
  const did = `read ${count(input.store.entries.size, 'entry', 'entries')} and ${count(noticed.length, 'note')} from sessions, and laid down ${count(desk.drafts().length, 'draft')}.`;
  return { desk, blocks: shelves.blocks, lead, remarks: remarksOf([end]), agents: [{ name: 'lead', did }] };
}

async function byTopic(crew: Crew, noticed: readonly Noticed[], room: number): Promise<Consolidated> {
  const { input, store, shelves, desk } = crew;
  const sizes = {
    entry: (entry: Parameters<StoreText['entry']>[0]) => tokens(store.entry(entry)),
    noticed: noticedTokens,
  };
  const all = topicsOf(input.store, noticed, sizes, room);
  const topics = all.slice(0, mostTopics);
  const left = all.length - topics.length;
  const ends: End[] = [];
  const agents: Agent[] = [];
  for (const [at, topic] of topics.entries()) {
    const end = await workOn(crew, topic, at === 0);
    ends.push(end);
    agents.push(recordOf(topic, desk));
    if (end.end === 'stopped' && end.spent === true) break;
  }
  const outline = `The store, in outline; read_entry and search_memory show what is in it:\n${shelves.blocks.enclose(store.outline())}`;
  const lead = agentOf(crew, { name: 'the lead', by: 'lead', memory: outline, first: false });
  const before = desk.drafts().length;
  const spent = ends.some((end) => end.end === 'stopped' && end.spent === true);
  const isWork = before > 0 || shelves.rules.drafts.length > 0;
  const told = [reconcile, draftsText(desk, shelves.blocks), briefingOf(input, shelves, [])];
  if (!spent && isWork) ends.push(await lead.say(told.join('\n\n')));
  agents.push({
    name: 'lead',
    did: `reconciled ${count(before, 'draft')} of ${count(agents.length, 'topic')}; ${count(desk.drafts().length, 'draft')} stayed.`,
  });
  const late = left > 0 ? [`${count(left, 'topic')} of memory and sessions wait for the next dream.`] : [];
  return { desk, blocks: shelves.blocks, lead, remarks: [...remarksOf(ends), ...late], agents };
}

/** They are of the whole store, so the lead looks at them. */
const noRules: Rules = { drafts: [], leads: [] };

const reconcile =
  'Memory and sessions were too large for one reader, so others read a topic each and laid down the drafts below. Reconcile them: withdraw what says the same or is not worth a reviewer’s time, join what belongs together (propose with replaces), and settle what contradicts. Adopt what rules would propose where it is right. Add nothing else. Then finish.';

function workOn(crew: Crew, topic: Topic, first: boolean): Promise<End> {
  const { input, store, shelves } = crew;
  const own = store.whole(({ id }) => topic.entries.has(id));
  const memory = [
    'Memory is too large for one reader. This is your part of it; others read the rest, which you find with search_memory:',
    shelves.blocks.enclose(own === '' ? store.outline() : own),
  ].join('\n');
  const agent = agentOf(crew, { name: clip(topic.name, 80), by: clip(topic.name, 80), memory, first });
  return agent.say(briefingOf(input, { ...shelves, rules: noRules }, topic.noticed));
}

function recordOf(topic: Topic, desk: Desk): Agent {
  const name = clip(topic.name, 80);
  const laid = desk.drafts().filter(({ by }) => by === name).length;
  return {
    name,
    did: `read ${count(topic.entries.size, 'entry', 'entries')} and ${count(topic.noticed.length, 'note')} from sessions, and laid down ${count(laid, 'draft')}.`,
  };
}

function agentOf(
  { mind, input, shelves, desk, limits }: Crew,
  agent: { readonly name: string; readonly by: string; readonly memory: string; readonly first: boolean },
): Conversation {
  const { dream } = input.config;
  const asks =
    dream.instructions === undefined ? '' : `\n\n# What this team asks of you\n\n${dream.instructions}`;
  const prompt = promptOf('consolidate', {
    marker: shelves.blocks.marker,
    limit: String(dream.proposals),
    now: input.now.slice(0, 10),
    instructions: asks,
  });
  return converse(mind, {
    name: agent.name,
    doing: 'consolidating',
    system: [prompt, agent.memory],
    tools: [...readTools(shelves), ...deskTools(desk, shelves, agent.by), finishTool],
    finish: finishTool.name,
    first: agent.first,
    ...(limits === undefined ? {} : { limits }),
  });
}

const remarksOf = (ends: readonly End[]): string[] =>
  ends.flatMap((end) => (end.end === 'stopped' ? [sentence(end.why)] : []));

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
