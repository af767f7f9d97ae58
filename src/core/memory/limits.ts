/** Limits of DESIGN section 4, in one place. */

/** Lines of an index (`MEMORY.md`, `_index.md`); Claude Code loads the first 200 of it. */
export const indexLines = 200;
/** Bytes of an index; Claude Code loads the first 25 KB of it. */
export const indexBytes = 25 * 1_024;
/** Characters of one line of an index. */
export const indexLineCharacters = 150;
/** Characters beyond which a topic file should be split. */
export const topicCharacters = 20_000;
/** Bytes of one memory: the hard limit of Anthropic's memory stores. */
export const fileBytes = 102_400;
/** Files in one store: the hard limit of Anthropic's memory stores. */
export const storeFiles = 2_000;
/** Bytes of all AGENTS.md from root to the current folder: Codex reads no more (`project_doc_max_bytes`). */
export const agentsBytes = 32 * 1_024;
/** Tokens of one agent's always-loaded files: Claude Code warns of a CLAUDE.md above 40,000 characters, of about four a token. */
export const alwaysLoadedTokens = 10_000;
