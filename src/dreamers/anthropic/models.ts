/** Which model does what. Ids move: all of them can be said in the config, and nothing else in the code names one. */
import type { Config } from '../../core/config.ts';

export type Phase = 'extract' | 'consolidate' | 'grade';
export type Models = Readonly<Record<Phase, string>>;

/** A small one reads every session, a large one decides, one in between judges it with fresh eyes. */
export const defaultModels: Models = {
  extract: 'claude-haiku-5-5',
  consolidate: 'claude-opus-5-5',
  grade: 'claude-sonnet-5-5',
};

export function modelsOf({ dream: { model } }: Pick<Config, 'dream'>): Models {
  if (typeof model === 'string') return { extract: model, consolidate: model, grade: model };
  const { extract, consolidate, grade } = model ?? {};
  return {
    extract: extract ?? defaultModels.extract,
    consolidate: consolidate ?? defaultModels.consolidate,
    grade: grade ?? defaultModels.grade,
  };
}
