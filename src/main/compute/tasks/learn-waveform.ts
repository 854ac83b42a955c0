import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import { subProgress, throwIfCancelled } from '../../../shared/base/progress.ts'
import type { LearningSinger, TrainRequest } from '../../../shared/contract/compute.ts'
import type { WaveformTraining } from '../../../shared/contract/waveform.ts'
import { FRAMES_PER_SEC } from '../../../shared/conversion/features.ts'
import type { SingerCard } from '../../../shared/formats/singer-card.ts'
import { writeWaveformSinger, type WaveformVoice } from '../../../shared/formats/waveform-singer-file.ts'
import { WAVENET_RATE_HZ, type WavenetAutoencoderConfig } from '../../../shared/networks/wavenet-autoencoder/config.ts'
import type { WaveformClip } from '../../../shared/training/wavenet-autoencoder/clip.ts'
import { makeFolder, readWhole, writeAtomically } from '../../files/atomic-write.ts'
import { createAnalysisResampler } from '../analysis-resampler.ts'
import { voicedSecOf } from '../clips/clip-analysis.ts'
import { loadKernelsWithCrew } from '../crew.ts'
import { tensorsHere } from '../emotions/tensors-here.ts'
import { loadWaveformSinger } from '../models/waveform-store.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'
import { checkpointShelf } from '../training/checkpoint-shelf.ts'
import { singersOf } from '../training/training-run.ts'
import { clipsOf, hearClip } from '../training/waveform/waveform-clips.ts'
import { voiceOf, waveformModel } from '../training/waveform/waveform-model.ts'
import { configOf, learnWaveforms, openWaveformRun, type WaveformRun } from '../training/waveform/waveform-run.ts'
import { requireSamplers } from '../waveform/sampler-of-model.ts'

/** Share of the whole that hearing the clips takes, for the progress bar. */
const HEARING_SHARE = 0.05
/** Less voice than this teaches a singer's mistakes, not the singer. */
const LEAST_VOICE_SEC = 10

/** What was heard of one singer. */
interface Heard {
  readonly singer: TrainRequest
  readonly voice: WaveformVoice
  readonly clips: readonly WaveformClip[]
  readonly clipsSec: number
}

/**
 * Learns several singers in one waveform model, or one more in a model that is there, or goes on where their folders were
 * left.
 */
export async function learnWaveform(
  request: TrainRequest,
  training: WaveformTraining,
  context: TaskContext,
): Promise<TaskEnd> {
  const engine = (await tensorsHere(context.backend)).id
  const modules = requireSamplers(context.kernelsFolder)
  const singers = singersOf(request)
  const { modelPath } = training
  const model = modelPath === undefined ? null : loadWaveformSinger(modelPath).model
  const learned = model?.voices ?? []
  const config = configOf(training, model)
  const everybody = await hearEverybody(singers, { config, firstRow: learned.length }, context)
  if (everybody === null) return { kind: 'paused' }
  const clips = everybody.flatMap((heard) => heard.clips)
  const run = openWaveformRun(
    {
      singers,
      training,
      model,
      ...(request.plan && { checkSteps: request.plan.checkSteps }),
      seed: request.seed,
      clips,
      modules,
      engine,
    },
    context,
    subProgress(context.progress, HEARING_SHARE, 1),
  )
  const shelves = singers.map(({ workFolder }) => checkpointShelf(workFolder, 'singer'))
  const voices = [...learned, ...everybody.map(({ voice }) => voice)]
  const end = await learnWaveforms(run, context, async (isBest) => {
    const model = await waveformModel(run.config, run.trainer.parameters(), { voices, clips }, modules)
    everybody.forEach((heard, index) => {
      const card = cardOf(heard, run, engine, voices.length)
      const bytes = writeWaveformSinger({ model, row: learned.length + index, card })
      shelves[index].put(run.trainer.step, bytes, [run.record.history.bestStep])
      if (!isBest) return
      makeFolder(dirname(heard.singer.singerPath))
      writeAtomically(heard.singer.singerPath, bytes)
    })
  })
  return end === 'paused' ? { kind: 'paused' } : finish(run, everybody, engine)
}

/** Everybody's clips, before anything is learned; null where the person paused. */
async function hearEverybody(
  singers: readonly TrainRequest[],
  { config, firstRow }: { readonly config: WavenetAutoencoderConfig; readonly firstRow: number },
  context: TaskContext,
): Promise<readonly Heard[] | null> {
  const kernels = loadKernelsWithCrew(context.kernelsFolder, context.log)
  const resample = await createAnalysisResampler(kernels)
  const count = singers.reduce((sum, { clips }) => sum + clips.length, 0)
  const everybody: Heard[] = []
  let done = 0
  for (const [index, singer] of singers.entries()) {
    const folder = join(singer.workFolder, 'features')
    const clips: WaveformClip[] = []
    const tracks: Float32Array[] = []
    for (const clip of singer.clips) {
      await context.breathe()
      throwIfCancelled(context.progress)
      if (context.wish === 'pause') return null
      const [from, to] = [done / count, ++done / count].map((share) => share * HEARING_SHARE)
      const heard = hearClip(clip, { folder, resample, kernels, progress: subProgress(context.progress, from, to) })
      clips.push(...clipsOf(heard, clip, firstRow + index, config))
      tracks.push(...(clip.slices ?? [null]).map((slice) => trackOf(heard.f0, slice)))
    }
    requireVoice(singer, tracks)
    const clipsSec = clips.reduce((sum, { levels }) => sum + levels.length, 0) / WAVENET_RATE_HZ
    everybody.push({ singer, voice: voiceOf(singer.name, tracks), clips, clipsSec })
  }
  return everybody
}

const trackOf = (
  f0: Float32Array,
  slice: { readonly startSec: number; readonly endSec: number } | null,
): Float32Array =>
  slice === null
    ? f0
    : f0.subarray(Math.round(slice.startSec * FRAMES_PER_SEC), Math.round(slice.endSec * FRAMES_PER_SEC))

function requireVoice({ name }: LearningSinger, tracks: readonly Float32Array[]): void {
  const voicedSec = tracks.reduce((sum, track) => sum + voicedSecOf(track), 0)
  if (voicedSec >= LEAST_VOICE_SEC) return
  throw new FailureError(
    failure(
      'clips-too-few',
      `The clips of ${name} hold ${voicedSec.toFixed(1)} s of voice, and at least ${LEAST_VOICE_SEC} s are needed.`,
      'Add clips; a waveform model learns from minutes of clean singing of each of its singers.',
    ),
  )
}

function cardOf(
  { singer, voice, clipsSec }: Heard,
  { trainer }: WaveformRun,
  engine: string,
  singerCount: number,
): SingerCard {
  const { lowestHz, highestHz, medianHz } = voice
  return {
    name: singer.name,
    converter: 'waveform',
    licence: singer.licence,
    consent: singer.consent,
    lowestHz,
    highestHz,
    medianHz,
    trainedFromSec: clipsSec,
    createdAtMs: singer.createdAtMs,
    ...(singer.owner === undefined ? {} : { owner: singer.owner }),
    provenance: {
      software: singer.software ?? 'Understudy',
      engine,
      baseDigest: null,
      clipCount: singer.clips.length,
      clipsSec,
      steps: trainer.step,
      method: 'joint',
      ...(singerCount > 1 ? { singerCount } : {}),
    },
  }
}

function finish({ trainer, record }: WaveformRun, everybody: readonly Heard[], engine: string): TaskEnd {
  const [{ singer, voice, clipsSec }] = everybody
  const { lowestHz, highestHz, medianHz } = voice
  const { bestStep, bestLoss } = record.history
  return {
    kind: 'done',
    result: {
      kind: 'train',
      summary: {
        stepCount: trainer.step,
        bestStep,
        bestHeldOutLoss: bestLoss,
        stoppedEarly: false,
        trainingSec: record.elapsedSec(),
        backend: engine,
        singers: everybody.map((heard) => {
          return { name: heard.singer.name, method: 'joint', bestStep, clipsSec: heard.clipsSec, compared: [] }
        }),
      },
      lowestHz,
      highestHz,
      medianHz,
      trainedFromSec: clipsSec,
      singerDigest: createHash('sha256').update(readWhole(singer.singerPath)).digest('hex'),
    },
  }
}
