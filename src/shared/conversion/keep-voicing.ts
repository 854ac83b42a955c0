import { throwIfCancelled, type Progress } from '../base/progress.ts'
import type { Numbers } from '../dsp/numbers.ts'
import type { Kernels } from '../kernels/kernels.ts'
import { windowPitch, type ReadWindow } from './analyze.ts'
import { createDifferentialFilter, placedSound, type SpectralChange } from './differential-filter.ts'
import type { Resample } from './sound.ts'
import type { AnalysisSpan, SoundWindow, Survey } from './windows.ts'

/** Around a frame whose voicing would turn, the change is held back for this many frames to each side. */
const HELD_FRAMES = 3
/** Then the share is averaged over this many. */
const SMOOTHING_FRAMES = 5

export interface VoicingRequest {
  readonly span: AnalysisSpan
  readonly survey: Survey
  readonly read: ReadWindow
  /** Whether `read` gives the voice at another pitch than the source's. */
  readonly isMoved: boolean
  /** What the pitch should be, Hz per 5 ms frame, 0 unvoiced. */
  readonly expectedF0: Numbers
  readonly resample: Resample
  readonly kernels: Kernels
}

/**
 * The change, held back where it would turn breath into tone or tone into breath: it is tried, its pitch is tracked,
 * and around the frames whose voicing differs from what is expected, though without the change it would not, nothing
 * is changed. Costs one search for pitch, two for a moved voice.
 */
export function keepVoicing(change: SpectralChange, request: VoicingRequest, progress: Progress): SpectralChange {
  const { windows } = request.survey
  const turned = new Uint8Array(request.span.frameCount)
  const filter = createDifferentialFilter(request.span.source.rateHz, request.kernels.filter)
  for (const window of windows) {
    throwIfCancelled(progress)
    progress.report(window.index / windows.length, 'keeping the voicing')
    const sound = placedSound(request.read(window), window.firstSamples)
    const changed = filter.apply(sound, change, window.firstSamples, window.lastSamples - window.firstSamples)
    markTurned(window, request, changed, request.isMoved ? sound.channels : null, turned)
  }
  const share = keptShare(turned)
  return {
    ...change,
    readDifference(frame, difference) {
      change.readDifference(frame, difference)
      if (share[frame] < 1) for (let band = 0; band < difference.length; band++) difference[band] *= share[frame]
    },
  }
}

/** `unchanged` is null where it is the source itself, whose voicing is the expected one. */
function markTurned(
  window: SoundWindow,
  { span, survey, expectedF0, resample, kernels }: VoicingRequest,
  changed: readonly Float64Array[],
  unchanged: readonly Float64Array[] | null,
  turned: Uint8Array,
): void {
  const pitchOf = (channels: readonly Float64Array[]) => windowPitch(channels, window, span, survey, resample, kernels)
  const found = pitchOf(changed)
  const without = unchanged && pitchOf(unchanged)
  for (let index = 0; index < found.length; index++) {
    const frame = window.startFrame + index
    const isExpected = expectedF0[frame] > 0
    const isAsExpected = found[index] > 0 === isExpected
    const wasAsExpected = without === null || without[index] > 0 === isExpected
    if (!isAsExpected && wasAsExpected) turned[frame] = 1
  }
}

/** 1 where the change is made whole, 0 around the turned frames. */
function keptShare(turned: Uint8Array): Float64Array {
  const held = new Float64Array(turned.length)
  turned.forEach((isTurned, frame) => {
    if (isTurned) held.fill(1, Math.max(0, frame - HELD_FRAMES), frame + HELD_FRAMES + 1)
  })
  const reach = (SMOOTHING_FRAMES - 1) / 2
  return held.map((_, frame) => {
    let sum = 0
    for (let near = frame - reach; near <= frame + reach; near++) sum += held[near] ?? 0
    return 1 - sum / SMOOTHING_FRAMES
  })
}
