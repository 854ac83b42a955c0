import { FRAMES_PER_SEC } from './features.ts'
import type { AnalysisSpan, SoundWindow } from './windows.ts'

/** A marked frame can turn others so far from it: a filter sounds for 40 ms, and a search follows a voice for 100 ms. */
const REACH_FRAMES = 24
/**
 * Sound read around them. Harvest forgets within 0.2 s, but for a mean that goes from one voiced section to the next;
 * on 24 recordings 0.4 s found as many turned frames as a second, and 0.2 s a few less.
 */
const MARGIN_FRAMES = 80

/**
 * The parts of the windows that hold what marked frames can turn. Each part is a window itself and bears the index of
 * the window that it lies in.
 * @param marked 1 where a frame is marked, for all frames of the span
 */
export function markedStretches(
  span: AnalysisSpan,
  windows: readonly SoundWindow[],
  marked: Uint8Array,
): SoundWindow[] {
  return windows.flatMap((window) => runsNear(window, marked).map((run) => stretchOf(span, window, run)))
}

/** Frames that a stretch owns, the end not included. */
interface Run {
  readonly start: number
  readonly end: number
}

/** Runs of the window's own frames near marked ones; where they would read the same sound they are one. */
function runsNear(window: SoundWindow, marked: Uint8Array): Run[] {
  const runs: Run[] = []
  const last = Math.min(window.endFrame + REACH_FRAMES, marked.length)
  for (let frame = Math.max(0, window.startFrame - REACH_FRAMES); frame < last; frame++) {
    if (marked[frame] === 0) continue
    const start = Math.max(window.startFrame, frame - REACH_FRAMES)
    const end = Math.min(window.endFrame, frame + REACH_FRAMES + 1)
    if (end <= start) continue
    const before = runs.at(-1)
    const isNear = before !== undefined && start - before.end <= 2 * MARGIN_FRAMES
    if (isNear) runs[runs.length - 1] = { start: before.start, end }
    else runs.push({ start, end })
  }
  return runs
}

/** From a whole cell to a whole cell: it begins where samples, analysis samples and frames all begin. */
function stretchOf({ source, cellSamples }: AnalysisSpan, window: SoundWindow, { start, end }: Run): SoundWindow {
  const framesPerCell = (cellSamples * FRAMES_PER_SEC) / source.rateHz
  const firstCell = Math.floor((start - MARGIN_FRAMES) / framesPerCell)
  const endCell = Math.ceil((end + MARGIN_FRAMES) / framesPerCell)
  return {
    ...window,
    startFrame: start,
    endFrame: end,
    firstSamples: Math.max(window.firstSamples, firstCell * cellSamples),
    lastSamples: Math.min(window.lastSamples, endCell * cellSamples),
    firstFrame: Math.max(window.firstFrame, Math.round(firstCell * framesPerCell)),
    lastFrame: Math.min(window.lastFrame, Math.round(endCell * framesPerCell) + 1),
  }
}
