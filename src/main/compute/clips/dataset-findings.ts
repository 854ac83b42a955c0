import type { ClipFinding } from '../../../shared/screening/finding.ts'
import type { Fingerprint } from '../../../shared/screening/fingerprint.ts'
import { strangenessOf, type Strangeness } from '../../../shared/screening/other-singer.ts'
import { findSameAudio } from '../../../shared/screening/same-audio.ts'
import type { VoiceMixture, VoicePrint } from '../../../shared/screening/voice-print.ts'

/** What one clip is beside the others. */
export interface ComparedClip {
  readonly fileName: string
  readonly digest: string
  /** Nothing severe is wrong with it by itself: only such clips repeat, or are repeated. */
  readonly isFit: boolean
  readonly fingerprint: Fingerprint | null
  readonly voicePrint: VoicePrint | null
}

/** A copy holds at least this share of the shorter clip. */
const LEAST_SHARED = 0.5
/** README.md of screening says how often clips of one singer and of another are stranger than this. */
export const STRANGE = 1.15
/** From here on a clip is left out, where it is also this far off in itself: a set may be all too much alike. */
const VERY_STRANGE = 4
const VERY_STRANGE_NEPERS = 1

/** What is found when clips are held side by side: a list for each, in the same order. */
export function compareClips(clips: readonly ComparedClip[], mixture: VoiceMixture | null): ClipFinding[][] {
  const strangeness = strangenessByClip(clips, mixture)
  return clips.map((clip, index) => {
    const copied = copyOf(clip, clips, index)
    const strange = strangeness[index]
    return [
      ...(copied === null ? [] : [copied]),
      ...(strange === null || strange.relative < STRANGE ? [] : [otherSinger(strange)]),
    ]
  })
}

function strangenessByClip(clips: readonly ComparedClip[], mixture: VoiceMixture | null): (Strangeness | null)[] {
  if (mixture === null) return clips.map(() => null)
  const judged = clips.flatMap(({ voicePrint }, index) => (voicePrint === null ? [] : [{ index, print: voicePrint }]))
  const scores = strangenessOf(
    judged.map(({ print }) => print),
    mixture,
  )
  const result: (Strangeness | null)[] = clips.map(() => null)
  judged.forEach(({ index }, at) => (result[index] = scores[at]))
  return result
}

/** The clip that this one repeats: an earlier one, or a later one that holds more. */
function copyOf(clip: ComparedClip, clips: readonly ComparedClip[], index: number): ClipFinding | null {
  for (const [otherIndex, other] of clips.entries()) {
    if (otherIndex === index || !clip.isFit || !other.isFit) continue
    if (other.digest === clip.digest && otherIndex < index) return sameAudio(`same audio as ${other.fileName}`)
    const [own, others] = [clip.fingerprint, other.fingerprint]
    if (other.digest === clip.digest || own === null || others === null) continue
    const isLonger = own.signs.length > others.signs.length
    if (isLonger || (own.signs.length === others.signs.length && otherIndex > index)) continue
    const found = findSameAudio(others, own)
    if (found !== null && found.share >= LEAST_SHARED) {
      return sameAudio(`same audio as ${other.fileName}, at another level, trim or format`)
    }
  }
  return null
}

const sameAudio = (words: string): ClipFinding => ({ fault: 'same-audio', isSevere: true, words })

function otherSinger({ relative, absolute }: Strangeness): ClipFinding {
  const found = `the voice stands ${relative.toFixed(1)} apart from the other clips’, under ${STRANGE} is usual`
  return relative >= VERY_STRANGE && absolute >= VERY_STRANGE_NEPERS
    ? { fault: 'other-singer', isSevere: true, words: `another singer? ${capital(found)}` }
    : { fault: 'other-singer', isSevere: false, words: `usable, but ${found}: another singer, or another way to sing?` }
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
