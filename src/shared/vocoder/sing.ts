import type { OpenScratch, Scratch } from '../base/scratch.ts'
import type { Kernels } from '../kernels/kernels.ts'
import { CEPSTRA, FRAME_SAMPLES } from '../networks/source-filter/config.ts'
import { createRestoring } from './envelope-filter.ts'
import { codedEnvelopeOf, type VocoderFeatures } from './features.ts'

/** Frames whose envelope is measured together: fixed, so that what is found depends on the sound alone. */
const PIECE_FRAMES = 1000
/** What the measurement of a frame hears on each side, in whole frames: half a transform. */
const MARGIN_FRAMES = 7

/**
 * Puts the envelope back into a sound without one, listens to what came out, and does it again with what was missing: the
 * filter cannot know how the excitation's own harmonics and noise are heard. Gives the sound in order, piece by piece; in
 * memory are a piece and the features.
 * @param excitation at 16 kHz, in order, in pieces of any length: they do not change the numbers
 * @param sampleCount of all pieces together
 */
export function* withEnvelope(
  excitation: Iterable<Float32Array>,
  sampleCount: number,
  features: VocoderFeatures,
  kernels: Kernels,
  openScratch: OpenScratch,
): Generator<Float32Array> {
  const excitations = openScratch(sampleCount)
  const sounds = openScratch(sampleCount)
  const first = createRestoring(features.cepstra)
  let at = 0
  for (const piece of excitation) {
    excitations.write(at, piece)
    sounds.write(at, Float32Array.from(first.apply(Float64Array.from(piece))))
    at += piece.length
  }
  const second = createRestoring(correctedCepstra(sounds, sampleCount, features, kernels))
  for (let start = 0; start < sampleCount; start += PIECE_FRAMES * FRAME_SAMPLES) {
    const piece = new Float32Array(Math.min(PIECE_FRAMES * FRAME_SAMPLES, sampleCount - start))
    excitations.read(start, piece)
    yield Float32Array.from(second.apply(Float64Array.from(piece)))
  }
}

/** Cepstra that are as far beyond the wanted ones as what they came to fell short. */
function correctedCepstra(
  sounds: Scratch,
  sampleCount: number,
  { f0, cepstra }: VocoderFeatures,
  kernels: Kernels,
): Float32Array {
  const corrected = new Float32Array(cepstra.length)
  for (let first = 0; first < f0.length; first += PIECE_FRAMES) {
    const end = Math.min(first + PIECE_FRAMES, f0.length)
    const from = Math.max(first - MARGIN_FRAMES, 0)
    const to = Math.min(end + MARGIN_FRAMES, f0.length)
    const heard = codedEnvelopeOf(soundAround(sounds, sampleCount, from, to), f0.slice(from, to), kernels)
    for (let at = first * CEPSTRA; at < end * CEPSTRA; at++)
      corrected[at] = 2 * cepstra[at] - heard[at - from * CEPSTRA]
  }
  return corrected
}

/** The sound of some frames, silence where it has ended. */
function soundAround(sounds: Scratch, sampleCount: number, from: number, to: number): Float64Array {
  const start = from * FRAME_SAMPLES
  const piece = new Float64Array((to - from) * FRAME_SAMPLES)
  const heard = new Float32Array(Math.max(Math.min(piece.length, sampleCount - start), 0))
  sounds.read(start, heard)
  piece.set(heard)
  return piece
}
