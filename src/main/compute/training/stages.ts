import type { AskedMethod, TrainingMethod } from '../../../shared/contract/library.ts'

/** A part of a training: some of its singers are learned in one way. */
export interface Stage {
  readonly method: TrainingMethod
  /** By their places in the request: 0 is its own singer. */
  readonly singers: readonly number[]
}

/**
 * From this much sound on, the held-out phrases are asked whether a network learned from nothing draws one singer better
 * than the tuned base; with less it lost every time (decision 19), and would cost four times the wait.
 */
export const COMPARED_FROM_SEC = 300

/**
 * What is learned one after the other. Whoever is learned in several stages becomes what the better of them gave; the
 * first gives everybody something to sing with.
 * @param clipsSec of each singer
 */
export function stagesOf(asked: AskedMethod, clipsSec: readonly number[], hasBase: boolean): readonly Stage[] {
  const everybody = [...clipsSec.keys()]
  const alone = (method: TrainingMethod): Stage[] => everybody.map((singer) => ({ method, singers: [singer] }))
  const together: Stage = { method: 'joint', singers: everybody }
  const isSeveral = everybody.length > 1
  if (asked === 'joint') return [together]
  if (asked === 'scratch' || !hasBase) return isSeveral && asked === 'automatic' ? [together] : alone('scratch')
  if (asked === 'enroll') return alone('enroll')
  if (isSeveral) return [together, ...alone('enroll')]
  return clipsSec[0] < COMPARED_FROM_SEC ? alone('enroll') : [...alone('enroll'), ...alone('scratch')]
}
