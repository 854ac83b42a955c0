import { subProgress, type Progress } from '../base/progress.ts'
import { movingMean } from '../dsp/moving-mean.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { forEachWindowPitch, type PitchSearch, type ReadWindow } from './analyze.ts'
import { createDifferentialFilter, placedSound, type SpectralChange } from './differential-filter.ts'
import type { Survey } from './windows.ts'

/** Holding back turns a few frames near by: they are held back in another pass. */
const PASSES = 2
/** Around a frame whose voicing would turn, the change is held back for this many frames to each side. */
const HELD_FRAMES = 5
/** The filter of a frame sounds this far beyond it, and a little less. */
const FILTER_FRAMES = 8
/** Then the share is averaged over this many. */
const SMOOTHING_FRAMES = 5

export interface VoicingRequest extends PitchSearch {
  readonly read: ReadWindow
  /** Whether `read` gives the voice at another pitch than the source's. */
  readonly isMoved: boolean
  /** What the pitch should be, Hz per 5 ms frame, 0 unvoiced. */
  readonly expectedF0: Numbers
}

/**
 * The change, held back where it would turn breath into tone or tone into breath: it is tried, its pitch is tracked,
 * and around the frames whose voicing differs from what is expected, though without the change it would not, nothing
 * is changed. Costs two searches for pitch, three for a moved voice.
 */
export function keepVoicing(change: SpectralChange, request: VoicingRequest, progress: Progress): SpectralChange {
  const turned = new Uint8Array(request.span.frameCount)
  const firstPass = request.isMoved ? 1 : 0
  const searches = firstPass + PASSES
  const search = (index: number) => subProgress(progress, index / searches, (index + 1) / searches)
  const mayTurn = expectedFrames(request, search(0))
  let kept = change
  let tried = request
  for (let pass = firstPass; pass < searches; pass++) {
    forEachDiffering(tried, changedSound(kept, request), search(pass), (frame) => (turned[frame] ||= mayTurn[frame]))
    const share = keptShare(turned)
    kept = heldBack(change, share)
    tried = { ...request, survey: heldWindows(request.survey, share) }
  }
  return kept
}

/** The windows in which something is held back: all others would sound, and be tracked, as they were. */
const heldWindows = (survey: Survey, share: Float64Array): Survey => ({
  ...survey,
  windows: survey.windows.filter(({ firstFrame, lastFrame }) =>
    share.subarray(Math.max(0, firstFrame - FILTER_FRAMES), lastFrame + FILTER_FRAMES).some((kept) => kept < 1),
  ),
})

/** 1 where the sound's voicing is the expected one before anything is changed. The source itself decides it. */
function expectedFrames(request: VoicingRequest, progress: Progress): Uint8Array {
  const expected = new Uint8Array(request.span.frameCount).fill(1)
  if (request.isMoved) forEachDiffering(request, request.read, progress, (frame) => (expected[frame] = 0))
  return expected
}

function changedSound(change: SpectralChange, { span, read, kernels }: VoicingRequest): ReadWindow {
  const filter = createDifferentialFilter(span.source.rateHz, kernels.filter)
  return (window) => {
    const sound = placedSound(read(window), window.firstSamples)
    return filter.apply(sound, change, window.firstSamples, window.lastSamples - window.firstSamples)
  }
}

function forEachDiffering(
  request: VoicingRequest,
  read: ReadWindow,
  progress: Progress,
  visit: (frame: number) => void,
): void {
  const { expectedF0 } = request
  forEachWindowPitch(request, read, 'keeping the voicing', progress, (found, { startFrame }) =>
    found.forEach((hz, index) => {
      if (hz > 0 !== expectedF0[startFrame + index] > 0) visit(startFrame + index)
    }),
  )
}

const heldBack = (change: SpectralChange, share: Float64Array): SpectralChange => ({
  ...change,
  readDifference(frame, difference) {
    change.readDifference(frame, difference)
    if (share[frame] < 1) for (let band = 0; band < difference.length; band++) difference[band] *= share[frame]
  },
})

/** 1 where the change is made whole, 0 around the turned frames. */
function keptShare(turned: Uint8Array): Float64Array {
  const held = new Float64Array(turned.length)
  turned.forEach((isTurned, frame) => {
    if (isTurned) held.fill(1, Math.max(0, frame - HELD_FRAMES), frame + HELD_FRAMES + 1)
  })
  return movingMean(held, (SMOOTHING_FRAMES - 1) / 2).map((share) => 1 - share)
}
