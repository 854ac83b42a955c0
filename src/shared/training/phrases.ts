import { assert } from '../base/assert.ts'
import type { Random } from '../base/random.ts'
import { frameCountOf, type Span, type TrainingClip } from './clip.ts'

/** A pause this long parts two phrases: 300 ms. */
const PAUSE_FRAMES = 30
/** A phrase shorter than one crop joins the next. */
const SHORTEST_PHRASE_FRAMES = 160
/** A phrase longer than this is cut, so that holding one out does not cost a whole song. */
const LONGEST_PHRASE_FRAMES = 600
/** About this share of all frames is held out, a little more where phrases are long. */
const HELD_OUT_SHARE = 0.08

export interface PhraseSplit {
  /** Never trained on. */
  readonly heldOut: readonly Span[]
  /** Everything else; neighboring phrases joined again. */
  readonly training: readonly Span[]
}

/** Draws whole phrases to judge by; at least one, and at least one is left to train on. */
export function splitPhrases(clips: readonly TrainingClip[], random: Random): PhraseSplit {
  const phrases = clips.flatMap((clip, clipIndex) => cutPhrases(clip, clipIndex))
  assert(phrases.length > 0, 'no frames to train on')
  const all = phrases.length > 1 ? phrases : halves(phrases[0])
  const wanted = HELD_OUT_SHARE * sumFrames(all)
  const heldOut: Span[] = []
  for (const phrase of shuffled(all, random)) {
    if (sumFrames(heldOut) >= wanted || heldOut.length === all.length - 1) break
    heldOut.push(phrase)
  }
  return { heldOut, training: joinNeighbors(all.filter((phrase) => !heldOut.includes(phrase))) }
}

/**
 * The phrases of each singer as they would be drawn of that singer's clips alone with the same seed: what is learned
 * alone and what is learned jointly is then judged by the same phrases.
 */
export function splitEachSinger(clips: readonly TrainingClip[], createDraws: () => Random): PhraseSplit {
  const splits = [...new Set(clips.map(({ singerIndex }) => singerIndex))].map((singer) => {
    const own = [...clips.keys()].filter((index) => clips[index].singerIndex === singer)
    const { heldOut, training } = splitPhrases(
      own.map((index) => clips[index]),
      createDraws(),
    )
    const placed = (spans: readonly Span[]) => spans.map((span) => ({ ...span, clipIndex: own[span.clipIndex] }))
    return { heldOut: placed(heldOut), training: placed(training) }
  })
  return {
    heldOut: splits.flatMap(({ heldOut }) => heldOut),
    training: splits.flatMap(({ training }) => training),
  }
}

/** In the order of the singers. */
export function spansBySinger(clips: readonly TrainingClip[], spans: readonly Span[]): Span[][] {
  const singers = [...new Set(clips.map(({ singerIndex }) => singerIndex))].toSorted((a, b) => a - b)
  return singers.map((singer) => spans.filter(({ clipIndex }) => clips[clipIndex].singerIndex === singer))
}

function cutPhrases(clip: TrainingClip, clipIndex: number): Span[] {
  const frames = frameCountOf(clip)
  const cuts = [0]
  for (const cut of pauseMiddles(clip.active)) {
    if (cut - cuts[cuts.length - 1] >= SHORTEST_PHRASE_FRAMES && frames - cut >= SHORTEST_PHRASE_FRAMES) cuts.push(cut)
  }
  return cuts.flatMap((startFrame, index) => {
    const frameCount = (cuts[index + 1] ?? frames) - startFrame
    return cutEvenly({ clipIndex, startFrame, frameCount }, Math.ceil(frameCount / LONGEST_PHRASE_FRAMES))
  })
}

function pauseMiddles(active: Uint8Array): number[] {
  const middles: number[] = []
  let quietStart = 0
  for (let frame = 0; frame <= active.length; frame++) {
    if (frame < active.length && !active[frame]) continue
    if (frame - quietStart >= PAUSE_FRAMES) middles.push((quietStart + frame) >> 1)
    quietStart = frame + 1
  }
  return middles
}

function cutEvenly(span: Span, pieces: number): Span[] {
  return Array.from({ length: pieces }, (_, piece) => {
    const start = Math.floor((span.frameCount * piece) / pieces)
    const end = Math.floor((span.frameCount * (piece + 1)) / pieces)
    return { clipIndex: span.clipIndex, startFrame: span.startFrame + start, frameCount: end - start }
  })
}

/** Where one phrase is all there is, its end is held out. */
function halves(span: Span): Span[] {
  const kept = Math.ceil(span.frameCount * (1 - 2 * HELD_OUT_SHARE))
  return [
    { ...span, frameCount: kept },
    { ...span, startFrame: span.startFrame + kept, frameCount: span.frameCount - kept },
  ].filter(({ frameCount }) => frameCount > 0)
}

function joinNeighbors(spans: readonly Span[]): Span[] {
  const joined: Span[] = []
  for (const span of spans) {
    const last = joined[joined.length - 1]
    const follows = last?.clipIndex === span.clipIndex && last.startFrame + last.frameCount === span.startFrame
    if (follows) joined[joined.length - 1] = { ...last, frameCount: last.frameCount + span.frameCount }
    else joined.push(span)
  }
  return joined
}

/** Fisher and Yates. */
function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const order = [...items]
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.integer(last + 1)
    ;[order[last], order[other]] = [order[other], order[last]]
  }
  return order
}

const sumFrames = (spans: readonly Span[]) => spans.reduce((sum, { frameCount }) => sum + frameCount, 0)
