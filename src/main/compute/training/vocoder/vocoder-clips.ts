import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { FailureError } from '../../../../shared/base/errors.ts'
import { createRandom } from '../../../../shared/base/random.ts'
import type { VocoderRecording } from '../../../../shared/contract/vocoders.ts'
import type { Resample } from '../../../../shared/conversion/sound.ts'
import { floatBytes, readFloats, readSafetensors, writeSafetensors } from '../../../../shared/formats/safetensors.ts'
import type { Kernels } from '../../../../shared/kernels/kernels.ts'
import { SOURCE_FILTER_RATE_HZ } from '../../../../shared/networks/source-filter/config.ts'
import { createVocoderClip, type VocoderClip } from '../../../../shared/training/vocoder/clip.ts'
import { analyzeSpectra, atUsualLevel, codeSpectra } from '../../../../shared/vocoder/features.ts'
import { makeFolder, readWhole, writeAtomically } from '../../../files/atomic-write.ts'
import { readMono } from '../read-mono.ts'

/** Raised when the analysis changes: older files are then not read. */
const CLIP_VERSION = '1'
/** A copy sings by as much higher or lower. */
const LOWEST_RATIO = 0.8
const HIGHEST_RATIO = 1.6
/** Rates of the copies are multiples of this: between such rates resampling has a small ratio. */
const RATE_STEP_HZ = 1000
/** A shorter recording holds hardly a crop. */
const LEAST_SEC = 0.5

export interface VocoderClipTools {
  readonly folder: string
  readonly resample: Resample
  readonly kernels: Kernels
  readonly seed: number
}

/**
 * A recording as it is (copy 0), or sung at another pitch by playing it faster or slower, which moves its formants, too:
 * more people than there are. Kept in the folder, so that a training that goes on starts at once. Null of what is silent,
 * too short, or has too low a rate. Throws FailureError that names the recording.
 */
export function readVocoderClip(
  { recordingId, fileName, path, person }: VocoderRecording,
  copy: number,
  { folder, resample, kernels, seed }: VocoderClipTools,
): VocoderClip | null {
  const identity = `${CLIP_VERSION}\n${recordingId}\n${copy === 0 ? '' : `${seed} ${copy}`}`
  const keptPath = join(folder, `${createHash('sha256').update(identity).digest('hex')}.safetensors`)
  const kept = existsSync(keptPath) ? readKept(keptPath, person) : null
  if (kept !== null) return kept
  try {
    const { mono, rateHz } = readMono(path)
    if (rateHz < SOURCE_FILTER_RATE_HZ || mono.length < LEAST_SEC * rateHz) return null
    const playedHz = copy === 0 ? rateHz : rateOfCopy(rateHz, identity)
    const sound = playedHz === SOURCE_FILTER_RATE_HZ ? mono : resample(mono, playedHz, SOURCE_FILTER_RATE_HZ)
    const leveled = atUsualLevel(sound)
    if (leveled === null) return null
    const { x } = leveled
    const coded = codeSpectra(analyzeSpectra(x, kernels))
    // As they are kept: a training that goes on reads the same.
    const clip = createVocoderClip(person, x, { ...coded, f0: Float64Array.from(Float32Array.from(coded.f0)) })
    makeFolder(folder)
    writeAtomically(keptPath, storedClip(clip))
    return clip
  } catch (cause) {
    if (!(cause instanceof FailureError)) throw cause
    throw new FailureError({ ...cause.failure, message: `“${fileName}”: ${cause.failure.message}` })
  }
}

/** Drawn for each copy alone, so that others may come and go; never so slow that the upper bands would be empty. */
function rateOfCopy(rateHz: number, identity: string): number {
  const random = createRandom(createHash('sha256').update(identity).digest().readUInt32LE(0))
  const lowest = Math.max(LOWEST_RATIO, SOURCE_FILTER_RATE_HZ / rateHz)
  const ratio = lowest * (HIGHEST_RATIO / lowest) ** random.uniform()
  return RATE_STEP_HZ * Math.ceil((ratio * rateHz) / RATE_STEP_HZ)
}

const NAMES = ['f0', 'bands', 'cepstra', 'target', 'fundamental'] as const

function readKept(path: string, person: string): VocoderClip | null {
  const file = readSafetensors(readWhole(path))
  const found = NAMES.map((name) => (file.ok ? file.value.tensors.get(name)?.bytes : undefined))
  if (found.some((bytes) => bytes === undefined)) return null
  const [f0, bands, cepstra, target, fundamental] = found.map((bytes) => readFloats(bytes ?? new Uint8Array(0)))
  return { person, features: { f0: Float64Array.from(f0), bands, cepstra }, target, fundamental }
}

function storedClip({ features: { f0, bands, cepstra }, target, fundamental }: VocoderClip): Uint8Array {
  const arrays = { f0: Float32Array.from(f0), bands, cepstra, target, fundamental }
  const tensors = NAMES.map(
    (name) => [name, { type: 'F32' as const, shape: [arrays[name].length], bytes: floatBytes(arrays[name]) }] as const,
  )
  return writeSafetensors({ tensors: new Map(tensors), metadata: {} })
}
