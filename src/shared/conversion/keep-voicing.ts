import { subProgress, type Progress } from '../base/progress.ts'
import { movingMean } from '../dsp/moving-mean.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import { forEachWindowPitch, type PitchSearch, type ReadWindow } from './analyze.ts'
import { createDifferentialFilter, placedSound, type PlacedSound, type SpectralChange } from './differential-filter.ts'
import { markedStretches } from './stretches.ts'
import type { SoundWindow } from './windows.ts'

/** Holding back turns a few frames near by: they are held back in another pass. */
const PASSES = 2
/** Around a frame whose voicing would turn, the change is held back for this many frames to each side. */
const HELD_FOR_VOICING_FRAMES = 5
/** Around one whose pitch would stray: fewer, because the change is heard in it. */
const HELD_FOR_PITCH_FRAMES = 2
/** Half a semitone: further off another note is heard. */
const LARGEST_ERROR_OCTAVES = 0.5 / 12
/** Then the share is averaged over this many. */
const SMOOTHING_FRAMES = 5

export interface VoicingRequest extends PitchSearch {
  readonly read: ReadWindow
  /** Whether `read` gives the voice at another pitch than the source's. */
  readonly isMoved: boolean
  /** What the pitch should be, Hz per 5 ms frame, 0 unvoiced. */
  readonly expectedF0: Numbers
  /** Takes what is heard of each frame that is tracked, Hz, 0 unvoiced: at last with the change as it is held back. */
  readonly heardF0?: Float32Array
}

/**
 * The change, held back where it would turn breath into tone, tone into breath, or one note into another: it is tried,
 * its pitch is tracked, and around the frames whose voicing or pitch is not the expected one, though without the change
 * it would be, nothing is changed. Only what may have turned is tracked: where something is changed, and then where it is held back.
 */
export function keepVoicing(change: SpectralChange, request: VoicingRequest, progress: Progress): SpectralChange {
  /** Around how many frames, to each side, each frame holds the change back; 0 where it is as expected. */
  const turned = new Uint8Array(request.span.frameCount)
  let kept = change
  let tried = changedFrames(change)
  for (let pass = 0; pass < PASSES; pass++) {
    const part = subProgress(progress, pass / PASSES, (pass + 1) / PASSES)
    for (const { frame, heldFrames } of turnedFrames(kept, tried, request, part))
      turned[frame] = Math.max(turned[frame], heldFrames)
    const share = keptShare(turned)
    kept = heldBack(change, share)
    tried = Uint8Array.from(share, (held) => (held < 1 ? 1 : 0))
  }
  return kept
}

interface Turned {
  readonly frame: number
  /** To each side of it. */
  readonly heldFrames: number
}

/** Frames near the marked ones that are heard otherwise than expected with the change, and as expected without it. */
function turnedFrames(
  change: SpectralChange,
  marked: Uint8Array,
  request: VoicingRequest,
  progress: Progress,
): readonly Turned[] {
  const [first, second] = [subProgress(progress, 0, 0.8), subProgress(progress, 0.8, 1)]
  const heard = (frame: number, hz: number) => {
    if (request.heardF0) request.heardF0[frame] = hz
  }
  const differing = differingFrames(change, marked, request, first, heard)
  if (!request.isMoved || differing.length === 0) return differing
  // The source itself is as expected; a moved voice may differ by itself.
  const inDoubt = new Uint8Array(marked.length)
  for (const { frame } of differing) inDoubt[frame] = 1
  const ofItself = new Set(differingFrames(null, inDoubt, request, second).map(({ frame }) => frame))
  return differing.filter(({ frame }) => !ofItself.has(frame))
}

/** 1 where the change is any. */
function changedFrames(change: SpectralChange): Uint8Array {
  const difference = new Float64Array(BAND_COUNT)
  return Uint8Array.from({ length: change.frameCount }, (_, frame) => {
    change.readDifference(frame, difference)
    return difference.some((value) => value !== 0) || (change.levelChange?.[frame] ?? 0) !== 0 ? 1 : 0
  })
}

/** A stretch of the window that it lies in, changed. */
function changedSound(change: SpectralChange, { span, kernels }: VoicingRequest): ReadStretch {
  const filter = createDifferentialFilter(span.source.rateHz, kernels.filter)
  return (sound, { firstSamples, lastSamples }) => filter.apply(sound, change, firstSamples, lastSamples - firstSamples)
}

/** Frames near the marked ones whose voicing or pitch is not the expected one. */
function differingFrames(
  change: SpectralChange | null,
  marked: Uint8Array,
  request: VoicingRequest,
  progress: Progress,
  alsoTell: (frame: number, hz: number) => void = () => {},
): readonly Turned[] {
  const differing: Turned[] = []
  hearChanged(change, marked, request, progress, (frame, hz) => {
    alsoTell(frame, hz)
    const heldFrames = framesToHold(hz, request.expectedF0[frame])
    if (heldFrames > 0) differing.push({ frame, heldFrames })
  })
  return differing
}

/** Tells what is heard at the marked frames and near them, of the voice with a change or without, in Hz, 0 unvoiced. */
export function hearChanged(
  change: SpectralChange | null,
  marked: Uint8Array,
  request: VoicingRequest,
  progress: Progress,
  tell: (frame: number, hz: number) => void,
): void {
  const { span, survey } = request
  const read = change ? changedSound(change, request) : cutSound
  const search = { ...request, survey: { ...survey, windows: markedStretches(span, survey.windows, marked) } }
  forEachWindowPitch(search, readStretches(request, read), 'keeping the voicing', progress, (found, { startFrame }) =>
    found.forEach((hz, index) => tell(startFrame + index, hz)),
  )
}

/** To each side of a frame that is heard at `hz` instead of `expectedHz`, 0 where that is as good as it. */
function framesToHold(hz: number, expectedHz: number): number {
  if (hz > 0 !== expectedHz > 0) return HELD_FOR_VOICING_FRAMES
  return hz > 0 && Math.abs(Math.log2(hz / expectedHz)) > LARGEST_ERROR_OCTAVES ? HELD_FOR_PITCH_FRAMES : 0
}

type ReadStretch = (sound: PlacedSound, stretch: SoundWindow) => readonly Float64Array[]

/** Several stretches of a window come one after the other: it is read once for all of them. */
function readStretches({ read, survey }: VoicingRequest, change: ReadStretch): ReadWindow {
  let latest: { readonly index: number; readonly sound: PlacedSound } | null = null
  return (stretch) => {
    if (latest?.index !== stretch.index) {
      const window = survey.windows[stretch.index]
      latest = { index: stretch.index, sound: placedSound(read(window), window.firstSamples) }
    }
    return change(latest.sound, stretch)
  }
}

const cutSound: ReadStretch = ({ channels, firstSamples }, stretch) =>
  channels.map((channel) => channel.subarray(stretch.firstSamples - firstSamples, stretch.lastSamples - firstSamples))

/** The change, each frame's times its share. */
export const heldBack = (change: SpectralChange, share: Float64Array): SpectralChange => ({
  ...change,
  readDifference(frame, difference) {
    change.readDifference(frame, difference)
    if (share[frame] < 1) for (let band = 0; band < difference.length; band++) difference[band] *= share[frame]
  },
})

/** 1 where the change is made whole, 0 around the turned frames. */
function keptShare(turned: Uint8Array): Float64Array {
  const held = new Float64Array(turned.length)
  turned.forEach((heldFrames, frame) => {
    if (heldFrames > 0) held.fill(1, Math.max(0, frame - heldFrames), frame + heldFrames + 1)
  })
  return movingMean(held, (SMOOTHING_FRAMES - 1) / 2).map((share) => 1 - share)
}
