/** What can be wrong with a clip. */
export const clipFaults = [
  'broken',
  'too-short',
  'silent',
  'too-quiet',
  'clipped',
  'hardly-voiced',
  'noisy',
  'reverberant',
  'several-voices',
  'low-bandwidth',
  'same-audio',
  'other-singer',
  'not-a-voice',
  'mostly-silent',
  'quiet',
] as const
export type ClipFault = (typeof clipFaults)[number]

/** One thing that was found in a clip. */
export interface ClipFinding {
  readonly fault: ClipFault
  /** A severe finding leaves the clip out until a person says otherwise; a mild one is only told. */
  readonly isSevere: boolean
  /** In plain words, with the number found and the number needed. */
  readonly words: string
}
