import type { Gain } from '../units/level.ts'
import type { Samples } from '../units/time.ts'

/** What of a region decides its level over time. Player and export take it from here, so that both sound alike. */
export interface EnvelopePart {
  /** Decides between two parts that begin together. */
  readonly id: string
  readonly startSamples: Samples
  readonly durationSamples: Samples
  readonly gain: Gain
  readonly fadeInSamples: Samples
  readonly fadeOutSamples: Samples
}

/** A corner of a piecewise linear gain, at a position of the timeline. */
export interface GainPoint {
  readonly atSamples: Samples
  readonly gain: number
}

/** Another part of the strip that sounds at the same time, and how alike the two are there, 0…1. */
export interface Neighbor {
  readonly part: EnvelopePart
  readonly correlation: number
}

/** Straight pieces per curved crossfade: the error stays below −60 dB of the gain. */
const crossfadePieces = 32
/** A part inside another takes over and gives back within ten milliseconds at 48 kHz. */
export const insetCrossfadeSamples = 480

/**
 * The gain of a part over its time: level, fades, and crossfades with neighbors on the strip.
 * One point means a constant gain, for which nothing is automated.
 */
export function partEnvelope(part: EnvelopePart, neighbors: readonly Neighbor[]): readonly GainPoint[] {
  const crossfades = neighbors.flatMap((neighbor) => crossfadesOf(part, neighbor))
  const corners = new Set<Samples>([part.startSamples, partEnd(part)])
  if (part.fadeInSamples > 0) corners.add(part.startSamples + part.fadeInSamples)
  if (part.fadeOutSamples > 0) corners.add(partEnd(part) - part.fadeOutSamples)
  for (const crossfade of crossfades) for (const position of piecesOf(crossfade)) corners.add(position)
  const isConstant = crossfades.length === 0 && part.fadeInSamples === 0 && part.fadeOutSamples === 0
  const positions = isConstant ? [part.startSamples] : [...corners].sort((a, b) => a - b)
  return positions.map((atSamples) => ({
    atSamples,
    gain:
      part.gain *
      fadeGain(part, atSamples) *
      crossfades.reduce((gain, crossfade) => gain * crossfadeGain(crossfade, atSamples), 1),
  }))
}

/** The gain at a position between two points; the first and last points hold outside. */
export function gainAt(points: readonly GainPoint[], atSamples: Samples): number {
  const next = points.findIndex((point) => point.atSamples > atSamples)
  if (next === -1) return points[points.length - 1].gain
  if (next === 0) return points[0].gain
  const [before, after] = [points[next - 1], points[next]]
  const share = (atSamples - before.atSamples) / (after.atSamples - before.atSamples)
  return before.gain + (after.gain - before.gain) * share
}

/**
 * The gains of `count` samples from a position on, in single precision: the very numbers that both the player and the
 * export multiply by. 1 everywhere where there are no points.
 */
export function gainsOver(
  points: readonly GainPoint[],
  fromSamples: Samples,
  count: Samples,
): Float32Array<ArrayBuffer> {
  const gains = new Float32Array(count).fill(points.length === 0 ? 1 : points[points.length - 1].gain)
  for (const [index, after] of points.entries()) {
    const before = points[index - 1] ?? after
    const perSample = index === 0 ? 0 : (after.gain - before.gain) / (after.atSamples - before.atSamples)
    const start = index === 0 ? 0 : Math.max(0, before.atSamples - fromSamples)
    const end = Math.min(count, after.atSamples - fromSamples)
    for (let at = start; at < end; at++) gains[at] = before.gain + perSample * (fromSamples + at - before.atSamples)
  }
  return gains
}

/** Over `start…end` the gain of a part rises or falls against the other's. */
interface Crossfade {
  readonly start: Samples
  readonly end: Samples
  readonly rises: boolean
  readonly correlation: number
  /** Outside `start…end` on the far side the part is silent until here; used for a part with an inset. */
  readonly silentUntil: Samples
}

function crossfadesOf(part: EnvelopePart, { part: other, correlation }: Neighbor): Crossfade[] {
  const start = Math.max(part.startSamples, other.startSamples)
  const end = Math.min(partEnd(part), partEnd(other))
  if (end <= start) return []
  const isLater = comesLater(part, other)
  const earlier = isLater ? other : part
  const later = isLater ? part : other
  if (partEnd(later) > partEnd(earlier)) return [{ start, end, rises: isLater, correlation, silentUntil: end }]
  const edge = Math.min(insetCrossfadeSamples, Math.floor((end - start) / 2))
  if (isLater && partEnd(earlier) === partEnd(later))
    return [{ start, end: start + edge, rises: true, correlation, silentUntil: start }]
  if (isLater) {
    return [
      { start, end: start + edge, rises: true, correlation, silentUntil: start },
      { start: end - edge, end, rises: false, correlation, silentUntil: end },
    ]
  }
  const givesBack = partEnd(earlier) > partEnd(later)
  if (!givesBack) return [{ start, end: start + edge, rises: false, correlation, silentUntil: Infinity }]
  return [
    { start, end: start + edge, rises: false, correlation, silentUntil: end - edge },
    { start: end - edge, end, rises: true, correlation, silentUntil: end },
  ]
}

const comesLater = (part: EnvelopePart, other: EnvelopePart): boolean =>
  part.startSamples === other.startSamples ? part.id > other.id : part.startSamples > other.startSamples

function crossfadeGain(crossfade: Crossfade, atSamples: Samples): number {
  const { start, end, rises, correlation, silentUntil } = crossfade
  // A pair of crossfades around an inset: each one decides only on its own side.
  if (atSamples < start) return 1
  if (atSamples > end) return rises || atSamples >= silentUntil ? 1 : 0
  const share = end === start ? 1 : (atSamples - start) / (end - start)
  return crossfadeShare(rises ? share : 1 - share, correlation)
}

/**
 * Crossfade gain of the part whose linear share is `share`, for sounds of the given correlation: both gains are
 * divided by √(g₁² + g₂² + 2ρ·g₁·g₂), so that ρ = 1 gives the linear law and ρ = 0 equal power.
 */
export function crossfadeShare(share: number, correlation: number): number {
  const other = 1 - share
  return share / Math.sqrt(share * share + other * other + 2 * correlation * share * other)
}

function piecesOf({ start, end, silentUntil }: Crossfade): Samples[] {
  const pieceCount = Math.min(crossfadePieces, end - start)
  const pieces: Samples[] = silentUntil > end && Number.isFinite(silentUntil) ? [silentUntil] : []
  for (let piece = 0; piece <= pieceCount; piece++)
    pieces.push(start + Math.round(((end - start) * piece) / pieceCount))
  return pieces
}

const partEnd = (part: EnvelopePart): Samples => part.startSamples + part.durationSamples

function fadeGain(part: EnvelopePart, atSamples: Samples): number {
  const since = atSamples - part.startSamples
  const until = partEnd(part) - atSamples
  const fadeIn = part.fadeInSamples > 0 ? Math.min(1, since / part.fadeInSamples) : 1
  const fadeOut = part.fadeOutSamples > 0 ? Math.min(1, until / part.fadeOutSamples) : 1
  return Math.max(0, fadeIn) * Math.max(0, fadeOut)
}
