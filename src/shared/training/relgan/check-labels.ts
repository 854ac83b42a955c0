import { failure } from '../../base/errors.ts'
import { failed, ok, type Result } from '../../base/result.ts'
import type { LabeledFile } from './clip-labels.ts'

/** A batch holds three different emotions. */
export const FEWEST_EMOTIONS = 3
/** Of one emotion two different clips are compared. */
const FEWEST_CLIPS = 2
const MOST_EMOTIONS = 16
/** In place of a whole list. */
const MOST_NAMED = 6

/**
 * Whether an emotion model can be learned from these clips.
 * @param wanted emotions to learn; a clip of any other is refused as mislabeled; null for those of the labels
 * @returns the emotions, in the order given or by name with neutral first
 */
export function checkLabels(
  labels: readonly Pick<LabeledFile, 'path' | 'emotion'>[],
  wanted: readonly string[] | null,
): Result<readonly string[]> {
  const known = knownEmotions(labels, wanted)
  if (!known.ok) return known
  const emotions = known.value
  if (emotions.length < FEWEST_EMOTIONS) {
    const found = emotions.length === 0 ? 'none' : `${emotions.length} (${emotions.join(', ')})`
    return refused(
      'clips-too-few',
      `An emotion model learns from at least ${FEWEST_EMOTIONS} emotions, and the clips have ${found}.`,
      'Add clips of other emotions; neutral counts as one.',
    )
  }
  return requireTwoClips(labels, emotions)
}

/** Every emotion with two clips at least, or those that have fewer. */
export function requireTwoClips(
  labels: readonly Pick<LabeledFile, 'path' | 'emotion'>[],
  emotions: readonly string[],
): Result<readonly string[]> {
  const few = emotions.filter((emotion) => clipsOf(labels, emotion).length < FEWEST_CLIPS)
  if (few.length === 0) return ok(emotions)
  const told = few.slice(0, MOST_NAMED).map((emotion) => {
    const [clip] = clipsOf(labels, emotion)
    return clip === undefined ? `“${emotion}” has none` : `“${emotion}” has only “${clip.path}”`
  })
  return refused(
    'clips-too-few',
    `Each emotion needs at least ${FEWEST_CLIPS} clips, and ${told.join(', ')}.`,
    'Add clips of it, leave it out, or correct its label if it is a slip.',
  )
}

/** The emotions that were asked for, or those of the labels; refused where a label is none of them, or there are too many. */
export function knownEmotions(
  labels: readonly Pick<LabeledFile, 'path' | 'emotion'>[],
  wanted: readonly string[] | null,
): Result<readonly string[]> {
  const emotions = wanted ?? inOrder([...new Set(labels.map(({ emotion }) => emotion))])
  const strange = labels.filter(({ emotion }) => !emotions.includes(emotion))
  if (strange.length > 0) {
    const [first] = strange
    return refused(
      'request-invalid',
      `${count(strange.length)} ${strange.length === 1 ? 'has' : 'have'} a label that is none of ${emotions.join(', ')}: “${first.path}” is labeled ${first.emotion}.`,
      'Correct the label, or leave the clip out.',
    )
  }
  if (emotions.length > MOST_EMOTIONS)
    return refused(
      'request-invalid',
      `The clips have ${emotions.length} labels (${emotions.slice(0, MOST_NAMED).join(', ')} …), and a model knows at most ${MOST_EMOTIONS} emotions.`,
      'Label them by emotion, not by text or take.',
    )
  return ok(emotions)
}

/** Neutral is where most translations start. */
const inOrder = (emotions: readonly string[]): readonly string[] =>
  [...emotions].sort((a, b) => Number(b === 'neutral') - Number(a === 'neutral') || (a < b ? -1 : 1))

const clipsOf = (labels: readonly Pick<LabeledFile, 'path' | 'emotion'>[], wanted: string) =>
  labels.filter(({ emotion }) => emotion === wanted)

const count = (clips: number): string => `${clips} ${clips === 1 ? 'clip' : 'clips'}`

export const refused = (code: 'clips-too-few' | 'request-invalid', message: string, remedy: string): Result<never> =>
  failed(failure(code, message, remedy))
