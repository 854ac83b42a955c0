/** Kinds of vocoders, as files, jobs and commands name them: what a kind is made of, `vocoder-kinds.ts`. Never renamed. */
export const vocoderKindNames = ['source-filter', 'flow', 'wavenet', 'parallel-wavenet'] as const

/** Kinds that learn from a trained vocoder, and of which kind that is. */
export const teacherKindNames = { 'parallel-wavenet': 'wavenet' } as const
