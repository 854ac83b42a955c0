import { createHash } from 'node:crypto'

/**
 * Of everything that decides a training's steps: a checkpoint of another training is not gone on with. Engines round
 * differently, but what one learned is good for every other, and hours of learning are not thrown away because a faster
 * engine came: the engine is none of the facts.
 * @param version raised when a change of the program makes the same seed learn otherwise: older checkpoints then start anew
 */
export const trainingFingerprint = (version: number, facts: readonly unknown[]): string =>
  createHash('sha256')
    .update(JSON.stringify([version, ...facts]))
    .digest('hex')
