import type { AskedMethod, TrainingMethod, TrainingPreset } from '../../../shared/contract/library.ts'

/** A part of a training: some of its singers are learned in one way. */
export interface Stage {
  readonly method: TrainingMethod
  /** By their places in the request: 0 is its own singer. */
  readonly singers: readonly number[]
}

/**
 * From this much sound on, the phrases held back are asked whether a network learned from nothing is better than the
 * tuned base. It takes four times as long, and two minutes of clips are promised a singer within two minutes
 * (decision 19).
 */
export const COMPARED_FROM_SEC = 180

/**
 * What is learned one after the other. Whoever is learned in several stages becomes what the better of them gave; the
 * first gives everybody something to sing with.
 * @param clipsSec of each singer
 * @param preset whoever asks for a quick singer does not wait for a comparison
 */
export function stagesOf(
  asked: AskedMethod,
  clipsSec: readonly number[],
  preset: TrainingPreset,
  hasBase: boolean,
): readonly Stage[] {
  const everybody = [...clipsSec.keys()]
  const alone = (method: TrainingMethod): Stage[] => everybody.map((singer) => ({ method, singers: [singer] }))
  const together: Stage = { method: 'joint', singers: everybody }
  const isSeveral = everybody.length > 1
  if (asked === 'joint') return [together]
  if (asked === 'scratch' || !hasBase) return isSeveral && asked === 'automatic' ? [together] : alone('scratch')
  if (asked === 'enroll') return alone('enroll')
  if (isSeveral) return [together, ...alone('enroll')]
  const isCompared = preset !== 'quick' && clipsSec[0] >= COMPARED_FROM_SEC
  return isCompared ? [...alone('enroll'), ...alone('scratch')] : alone('enroll')
}
