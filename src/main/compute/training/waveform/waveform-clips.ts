import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { failure, FailureError } from '../../../../shared/base/errors.ts'
import type { Progress } from '../../../../shared/base/progress.ts'
import type { LearningSinger } from '../../../../shared/contract/compute.ts'
import { analyzePitch } from '../../../../shared/conversion/analyze.ts'
import { FRAMES_PER_SEC } from '../../../../shared/conversion/features.ts'
import { sourceOf, type Resample } from '../../../../shared/conversion/sound.ts'
import { planSpan, surveySpan } from '../../../../shared/conversion/windows.ts'
import { floatBytes, readFloats, readSafetensors, writeSafetensors } from '../../../../shared/formats/safetensors.ts'
import type { Kernels } from '../../../../shared/kernels/kernels.ts'
import {
  WAVENET_RATE_HZ,
  type WavenetAutoencoderConfig,
} from '../../../../shared/networks/wavenet-autoencoder/config.ts'
import {
  codePitch,
  codeWaveform,
  pitchHopOf,
  type WaveformClip,
} from '../../../../shared/training/wavenet-autoencoder/clip.ts'
import { makeFolder, readWhole, writeAtomically } from '../../../files/atomic-write.ts'
import { readMono } from '../read-mono.ts'

type ClipFile = LearningSinger['clips'][number]

/** A recording as the networks hear it. */
export interface HeardClip {
  /** 16 kHz. */
  readonly levels: Uint8Array
  /** Hz per 5 ms, 0 unvoiced. */
  readonly f0: Float32Array
}

export interface ClipTools {
  /** What was heard is kept here: a training that goes on starts at once. */
  readonly folder: string
  readonly resample: Resample
  readonly kernels: Kernels
  readonly progress: Progress
}

/** Raised when the analysis changes: older files are then not read. */
const VERSION = '1'
const SAMPLES_PER_FRAME = WAVENET_RATE_HZ / FRAMES_PER_SEC

/** Hears a clip, or takes what was kept of it. Throws FailureError that names the clip, and CancelledError. */
export function hearClip({ clipId, fileName, path }: ClipFile, tools: ClipTools): HeardClip {
  const name = createHash('sha256').update(`waveform\n${VERSION}\n${clipId}`).digest('hex')
  const keptPath = join(tools.folder, `${name}.safetensors`)
  const kept = existsSync(keptPath) ? readKept(keptPath) : null
  if (kept !== null) return kept
  try {
    const heard = analyze(path, tools)
    makeFolder(tools.folder)
    writeAtomically(keptPath, stored(heard))
    return heard
  } catch (cause) {
    if (!(cause instanceof FailureError)) throw cause
    throw new FailureError({ ...cause.failure, message: `“${fileName}”: ${cause.failure.message}` })
  }
}

function analyze(path: string, { resample, kernels, progress }: ClipTools): HeardClip {
  const { mono, rateHz } = readMono(path)
  const span = planSpan(sourceOf([mono], rateHz), 0, mono.length)
  const survey = surveySpan(span, progress)
  if (survey.peak === 0)
    throw new FailureError(failure('audio-silent', 'The recording is silent: every sample is zero.', 'Leave it out.'))
  const samples = rateHz === WAVENET_RATE_HZ ? mono : resample(mono, rateHz, WAVENET_RATE_HZ)
  return { levels: codeWaveform(samples), f0: analyzePitch(span, survey, resample, progress, kernels) }
}

/** What of a clip is learned from, slice by slice; pieces shorter than a hop are left out. */
export function clipsOf(
  heard: HeardClip,
  { slices }: Pick<ClipFile, 'slices'>,
  singerIndex: number,
  { hop, hasPitch }: Pick<WavenetAutoencoderConfig, 'hop' | 'hasPitch'>,
): readonly WaveformClip[] {
  const durationSec = heard.levels.length / WAVENET_RATE_HZ
  return (slices ?? [{ startSec: 0, endSec: durationSec }]).flatMap(({ startSec, endSec }) => {
    const [first, last] = [startSec, endSec].map((sec) => Math.round(sec * FRAMES_PER_SEC))
    const levels = heard.levels.subarray(first * SAMPLES_PER_FRAME, last * SAMPLES_PER_FRAME)
    if (levels.length < hop) return []
    const f0 = heard.f0.subarray(first, last + 1)
    const pitch = hasPitch ? codePitch(f0, SAMPLES_PER_FRAME, levels.length, pitchHopOf({ hop })) : null
    return [{ levels, singerIndex, pitch }]
  })
}

function readKept(path: string): HeardClip | null {
  const file = readSafetensors(readWhole(path))
  const [levels, f0] = ['levels', 'f0'].map((name) => (file.ok ? file.value.tensors.get(name)?.bytes : undefined))
  return levels === undefined || f0 === undefined ? null : { levels: new Uint8Array(levels), f0: readFloats(f0) }
}

const stored = ({ levels, f0 }: HeardClip): Uint8Array =>
  writeSafetensors({
    tensors: new Map([
      ['f0', { type: 'F32', shape: [f0.length], bytes: floatBytes(f0) }],
      ['levels', { type: 'U8', shape: [levels.length], bytes: levels }],
    ]),
    metadata: {},
  })
