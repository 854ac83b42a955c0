import { CEPSTRA, type VoiceMixture, type VoicePrint } from './voice-print.ts'

/** Frames that the voices in general count for against those heard (relevance factor; Reynolds, Quatieri and Dunn 2000). */
const RELEVANCE_FRAMES = 8
/** Fewer other clips, or less of them, tell no singer: 4 s of vowels. */
const FEWEST_OTHERS = 3
const FEWEST_OTHER_FRAMES = 400
/** A clip with less of vowels than this is not judged. */
const FEWEST_FRAMES = 60

/** Scores of a person who always speaks or sings alike still differ by about this. */
const LEAST_SPREAD = 0.1

/** How far a clip's voice stands apart from the others of its set. */
export interface Strangeness {
  /** In spreads of the set. */
  readonly relative: number
  /** In nepers of likelihood per frame: about 1 between two people, whatever the set. */
  readonly absolute: number
}

/**
 * How strange each clip's voice is among the others, relative to the set: 0 for a usual one, under 1 for three quarters of them; null where
 * too little is there to tell. Each clip is compared with the mixture as adapted to all other clips (linear scoring;
 * Glembek et al. 2009); the median of the set is taken off, and its spread above (to the upper quartile) divided by:
 * some people vary more than others.
 */
export function strangenessOf(prints: readonly VoicePrint[], mixture: VoiceMixture): (Strangeness | null)[] {
  const total = sumOf(prints, mixture)
  const scores = prints.map((print) => {
    const othersFrames = total.frameCount - print.frameCount
    if (prints.length <= FEWEST_OTHERS || othersFrames < FEWEST_OTHER_FRAMES) return null
    return print.frameCount < FEWEST_FRAMES ? null : -scoreAgainstOthers(print, total, mixture)
  })
  const sorted = scores.filter((score) => score !== null).toSorted((a, b) => a - b)
  const [usual, upper] = [quantile(sorted, 0.5), quantile(sorted, 0.75)]
  const spread = LEAST_SPREAD + upper - usual
  return scores.map((score) =>
    score === null ? null : { relative: (score - usual) / spread, absolute: score - usual },
  )
}

/** With linear interpolation; 0 of nothing. */
function quantile(sorted: readonly number[], share: number): number {
  const position = share * Math.max(0, sorted.length - 1)
  const below = sorted[Math.floor(position)] ?? 0
  return below + (position % 1) * ((sorted[Math.floor(position) + 1] ?? below) - below)
}

type Sums = Omit<VoicePrint, 'logLikelihood'>

function sumOf(prints: readonly VoicePrint[], { weights, means }: VoiceMixture): Sums {
  const counts = new Float64Array(weights.length)
  const offsets = new Float64Array(means.length)
  for (const print of prints) {
    print.counts.forEach((count, index) => (counts[index] += count))
    print.offsets.forEach((offset, index) => (offsets[index] += offset))
  }
  const frameCount = prints.reduce((sum, print) => sum + print.frameCount, 0)
  return { counts, offsets, frameCount }
}

function scoreAgainstOthers(print: VoicePrint, total: Sums, { variances }: VoiceMixture): number {
  let score = 0
  print.counts.forEach((count, component) => {
    const others = total.counts[component] - count + RELEVANCE_FRAMES
    for (let at = component * CEPSTRA; at < (component + 1) * CEPSTRA; at++)
      score += ((total.offsets[at] - print.offsets[at]) / others) * (print.offsets[at] / variances[at])
  })
  return score / print.frameCount
}
