/** Kinds of vocoders, as files, jobs and commands name them: what a kind is made of, `vocoder-kinds.ts`. Never renamed. */
export const vocoderKindNames = ['source-filter', 'flow', 'wavenet'] as const
