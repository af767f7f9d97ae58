/** What happens in an invented session, before it is written down the way some agent would. */

export type Turn =
  | { readonly type: 'person'; readonly text: string }
  | { readonly type: 'agent'; readonly text: string }
  | { readonly type: 'thinking'; readonly text: string }
  /** `exit` is what the shell says; output alone may tell that it failed. */
  | { readonly type: 'run'; readonly command: string; readonly output: string; readonly exit: number }
  | { readonly type: 'read'; readonly path: string; readonly content: string }
  | { readonly type: 'edit'; readonly path: string; readonly before: string; readonly after: string }
  | { readonly type: 'fetch'; readonly url: string; readonly content: string }
  /** The person refuses an edit, with words. */
  | {
      readonly type: 'refusal';
      readonly path: string;
      readonly before: string;
      readonly after: string;
      readonly words: string;
    };

export interface Script {
  readonly id: string;
  readonly person: string;
  readonly branch: string;
  readonly cwd: string;
  readonly remote: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly turns: readonly Turn[];
}

/** Times that pass: a person takes longer than an agent. */
export function clockFrom(at: string): (turn: Turn) => string {
  let now = Date.parse(at);
  return (turn) => {
    now += turn.type === 'person' ? 95_000 : 7_000;
    return new Date(now).toISOString();
  };
}
