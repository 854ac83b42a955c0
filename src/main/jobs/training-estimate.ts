import type { SourceId } from '../../shared/base/id.ts'
import type { TrainingEstimate } from '../../shared/contract/estimates.ts'
import type { AskedMethod, TrainingPreset } from '../../shared/contract/library.ts'
import type { WaveformEstimate, WaveformSize } from '../../shared/contract/waveform.ts'
import { waveformNeeds } from '../compute/training/waveform/waveform-needs.ts'
import { trainingNeeds, type TrainingNeeds } from '../compute/training/training-needs.ts'
import type { JobContext } from './job-context.ts'
import { trainingSize } from './training-request.ts'

/** Where no clip was chosen yet, the times are told for this much. */
const USUAL_CLIPS_SEC = 120

/**
 * What each length will take of time, disk and memory, with these clips on this machine as it is now.
 * @param clipIds of each singer of the training
 */
export async function estimateTraining(
  clipIds: readonly (readonly SourceId[])[],
  method: AskedMethod,
  { library, engine }: JobContext,
): Promise<TrainingEstimate> {
  const singersSec = await secondsOf(clipIds, library)
  const report = await engine.describe()
  const trains = report.engines.find(({ use }) => use.includes('training'))
  const analysisFactor = await engine.analysisFactor()
  const needs = (preset: TrainingPreset): TrainingNeeds =>
    trainingNeeds({
      preset,
      method,
      size: trainingSize(preset, method),
      singersSec,
      stepsPerSec: trains?.stepsPerSec ?? null,
      analysisFactor,
      residentBytes: trains?.residentBytes ?? null,
    })
  const { freeDiskBytes, freeMemoryBytes } = report
  return {
    clipsSec: singersSec.reduce((sum, sec) => sum + sec, 0),
    engine: trains?.label ?? null,
    device: trains?.device ?? null,
    freeDiskBytes,
    freeMemoryBytes,
    presets: { quick: needs('quick'), normal: needs('normal'), long: needs('long') },
  }
}

/** What a waveform model of each size will take. Read as above. */
export async function estimateWaveform(
  clipIds: readonly (readonly SourceId[])[],
  steps: number | undefined,
  { library, engine }: JobContext,
): Promise<WaveformEstimate> {
  const singersSec = await secondsOf(clipIds, library)
  const { engines, freeDiskBytes, freeMemoryBytes } = await engine.describe()
  const trains = engines.find(({ use }) => use.includes('training'))
  const analysisFactor = await engine.analysisFactor()
  const needs = (size: WaveformSize) =>
    waveformNeeds({
      size,
      ...(steps === undefined ? {} : { steps }),
      singersSec,
      gflopPerSec: trains?.gflopPerSec ?? null,
      analysisFactor,
      residentBytes: trains?.residentBytes ?? null,
      freeMemoryBytes,
    })
  return {
    clipsSec: singersSec.reduce((sum, sec) => sum + sec, 0),
    engine: trains?.label ?? null,
    freeDiskBytes,
    freeMemoryBytes,
    sizes: { preview: needs('preview'), compact: needs('compact'), paper: needs('paper') },
  }
}

/** Of each singer. */
const secondsOf = (
  clipIds: readonly (readonly SourceId[])[],
  library: JobContext['library'],
): Promise<readonly number[]> =>
  Promise.all(
    clipIds.map(async (own) => {
      const clips = await Promise.all(own.map((clipId) => library.clips.find(clipId)))
      const chosenSec = clips.reduce((sum, clip) => sum + (clip === null ? 0 : clip.durationSamples / clip.rateHz), 0)
      return own.length === 0 ? USUAL_CLIPS_SEC : chosenSec
    }),
  )
