import { ok, type Result } from '../../base/result.ts'
import { FEWEST_CLIPS_OF_EACH } from '../../conversion/emotions/definition.ts'
import { NEUTRAL_ID } from '../../conversion/emotions/registry.ts'
import type { LabeledFile } from '../relgan/clip-labels.ts'
import { knownEmotions, refused, requireTwoClips } from '../relgan/check-labels.ts'

/**
 * Whether tables can be learned from these clips: how somebody's emotion differs from the same person neutral, so that
 * each emotion needs a person with two clips of it and two neutral ones.
 * @param wanted emotions to learn, neutral among them; a clip of any other is refused as mislabeled; null for those of the labels
 * @returns the emotions, in the order given or by name with neutral first
 */
export function checkStatisticsLabels(
  labels: readonly LabeledFile[],
  wanted: readonly string[] | null,
): Result<readonly string[]> {
  const known = knownEmotions(labels, wanted)
  if (!known.ok) return known
  const emotions = known.value
  const others = emotions.filter((emotion) => emotion !== NEUTRAL_ID)
  if (others.length === emotions.length || others.length === 0) {
    const found = emotions.length === 0 ? 'no labels' : `only ${emotions.join(', ')}`
    return refused(
      'clips-too-few',
      `Tables are learned from neutral clips and clips of at least one other emotion, and the clips have ${found}.`,
      'Add clips of the same people, or correct the labels. A network learns without neutral clips, from three emotions on.',
    )
  }
  const enough = requireTwoClips(labels, emotions)
  if (!enough.ok) return enough
  const counting = clipsThatCount(labels, (label) => label)
  const uncovered = others.filter((emotion) => !counting.some((label) => label.emotion === emotion))
  if (uncovered.length === 0) return ok(emotions)
  return refused(
    'clips-too-few',
    `Nobody has ${FEWEST_CLIPS_OF_EACH} clips of ${uncovered.join(', ')} and ${FEWEST_CLIPS_OF_EACH} neutral ones: tables hold how a person differs from the same person neutral.`,
    'Add clips of the same people, leave the emotion out, or leave out the names where all clips are of one person.',
  )
}

/** Those that something is learned from: of people with enough neutral clips, and of emotions that these show often enough. */
export function clipsThatCount<Clip>(
  clips: readonly Clip[],
  labelOf: (clip: Clip) => Pick<LabeledFile, 'person' | 'emotion'>,
): readonly Clip[] {
  const byPerson = Map.groupBy(clips, (clip) => labelOf(clip).person)
  const kept = new Set<Clip>()
  for (const own of byPerson.values()) {
    const byEmotion = Map.groupBy(own, (clip) => labelOf(clip).emotion)
    const shown = [...byEmotion].filter(([, some]) => some.length >= FEWEST_CLIPS_OF_EACH)
    if (shown.length < 2 || !shown.some(([emotion]) => emotion === NEUTRAL_ID)) continue
    for (const clip of shown.flatMap(([, some]) => some)) kept.add(clip)
  }
  return clips.filter((clip) => kept.has(clip))
}
