import { secondsToSamples, type Hertz, type Samples } from '../units/time.ts'
import { crossfadeShare, type GainPoint } from './envelope.ts'
import type { CompSpan, Region, Render, Take } from './model.ts'

/** A stretch of a region in which one take sounds, with its part in the crossfades at both ends. Positions are the source's. */
export interface TakeStretch {
  readonly render: Render
  readonly startSamples: Samples
  readonly endSamples: Samples
  /** Length of the crossfade with the stretch before; 0 where there is none. */
  readonly fadeInSamples: Samples
  readonly fadeOutSamples: Samples
}

/** Takes change over this long: short enough to stay between two sounds, long enough not to click. */
const CROSSFADE_SEC = 0.01
/** Straight pieces of a curved crossfade, as between regions. */
const CROSSFADE_PIECES = 32

export const takeOf = (region: Region, number: number): Take | undefined =>
  region.takes.find((take) => take.number === number)

/** The number of the take that is chosen for the whole region; null when its sound is none of them. */
export const chosenTake = (region: Region): number | null =>
  region.takes.find((take) => take.render.key === region.render?.key)?.number ?? null

/** Which take sounds where inside the region: in time order, the first from the region's start on. */
export function compSpans(region: Region): readonly CompSpan[] {
  const start = region.sourceStartSamples
  const end = start + region.durationSamples
  const chosen = chosenTake(region)
  if (region.comp.length === 0) return chosen === null ? [] : [{ startSamples: start, takeNumber: chosen }]
  const before = region.comp.findLast((span) => span.startSamples <= start) ?? region.comp[0]
  const inside = region.comp.filter((span) => span.startSamples > start && span.startSamples < end && span !== before)
  return [{ ...before, startSamples: start }, ...inside]
}

const covers = (render: Render, startSamples: Samples, endSamples: Samples): boolean =>
  render.sourceStartSamples <= startSamples && endSamples <= render.sourceStartSamples + render.durationSamples

/**
 * What of a region's renders is heard, in time order and without a gap; empty where the region is heard as its source:
 * it asks for nothing, or a take that it needs does not reach as far. Player, export and picture take it from here.
 */
export function takeStretches(region: Region, rateHz: Hertz): readonly TakeStretch[] {
  if (!region.performance || !region.render) return []
  const end = region.sourceStartSamples + region.durationSamples
  if (region.comp.length === 0) return whole(region.render, region.sourceStartSamples, end)
  const spans = compSpans(region)
  const pieces: Piece[] = []
  for (const [index, span] of spans.entries()) {
    const endSamples = spans[index + 1]?.startSamples ?? end
    const wanted = takeOf(region, span.takeNumber)?.render ?? region.render
    const render = covers(wanted, span.startSamples, endSamples) ? wanted : region.render
    if (!covers(render, span.startSamples, endSamples)) return []
    const last = pieces.at(-1)
    if (last?.render.key === render.key) pieces[pieces.length - 1] = { ...last, endSamples }
    else pieces.push({ render, startSamples: span.startSamples, endSamples })
  }
  return crossfaded(pieces, rateHz)
}

/** One render that holds all of what is heard, as far as one does: to compare a comped region with its neighbors. */
export function spanningRender(region: Region, stretches: readonly TakeStretch[]): Render | null {
  const start = region.sourceStartSamples
  return stretches.find(({ render }) => covers(render, start, start + region.durationSamples))?.render ?? null
}

type Piece = Pick<TakeStretch, 'render' | 'startSamples' | 'endSamples'>

const whole = (render: Render, startSamples: Samples, endSamples: Samples): readonly TakeStretch[] =>
  covers(render, startSamples, endSamples)
    ? [{ render, startSamples, endSamples, fadeInSamples: 0, fadeOutSamples: 0 }]
    : []

/** Every stretch reaches half a crossfade beyond its joins. */
function crossfaded(pieces: readonly Piece[], rateHz: Hertz): readonly TakeStretch[] {
  const halves = pieces.slice(1).map((right, index) => halfCrossfade(pieces[index], right, rateHz))
  return pieces.map(({ render, startSamples, endSamples }, index) => {
    const before = halves[index - 1] ?? 0
    const after = halves[index] ?? 0
    return {
      render,
      startSamples: startSamples - before,
      endSamples: endSamples + after,
      fadeInSamples: 2 * before,
      fadeOutSamples: 2 * after,
    }
  })
}

/** No longer than the two takes reach beyond the join, nor than half of a stretch: a stretch never fades twice at once. */
function halfCrossfade(left: Piece, right: Piece, rateHz: Hertz): Samples {
  const join = right.startSamples
  return Math.min(
    secondsToSamples(CROSSFADE_SEC / 2, rateHz),
    Math.floor((left.endSamples - left.startSamples) / 2),
    Math.floor((right.endSamples - right.startSamples) / 2),
    left.render.sourceStartSamples + left.render.durationSamples - join,
    join - right.render.sourceStartSamples,
  )
}

/**
 * The gain of a stretch, at positions of what its ends are positions of. One point is a constant gain, for which nothing is automated.
 *
 * @param likenessBefore how alike the two takes of the first crossfade are there, 0…1; `likenessAfter` of the last
 */
export function stretchEnvelope(
  stretch: Omit<TakeStretch, 'render'>,
  likenessBefore: number,
  likenessAfter: number,
): readonly GainPoint[] {
  const { startSamples, endSamples, fadeInSamples, fadeOutSamples } = stretch
  const rise = pieces(fadeInSamples).map((at) => ({
    atSamples: startSamples + at,
    gain: crossfadeShare(at / fadeInSamples, likenessBefore),
  }))
  const fall = pieces(fadeOutSamples).map((at) => ({
    atSamples: endSamples - fadeOutSamples + at,
    gain: crossfadeShare(1 - at / fadeOutSamples, likenessAfter),
  }))
  const points = [...rise, ...fall]
  return points.length === 0 ? [{ atSamples: startSamples, gain: 1 }] : points
}

function pieces(lengthSamples: Samples): readonly Samples[] {
  if (lengthSamples === 0) return []
  const count = Math.min(CROSSFADE_PIECES, lengthSamples)
  return Array.from({ length: count + 1 }, (_, piece) => Math.round((lengthSamples * piece) / count))
}
