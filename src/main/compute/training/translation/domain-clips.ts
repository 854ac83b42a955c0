import { join } from 'node:path'
import { failure, FailureError } from '../../../../shared/base/errors.ts'
import { subProgress, throwIfCancelled } from '../../../../shared/base/progress.ts'
import type { DomainTrainRequest, LearningDomain } from '../../../../shared/contract/domains.ts'
import { WAVENET_RATE_HZ, type WavenetBlocks } from '../../../../shared/networks/wavenet-autoencoder/config.ts'
import { asLoudAsCanBe, type WaveformClip } from '../../../../shared/training/wavenet-autoencoder/clip.ts'
import { createAnalysisResampler } from '../../analysis-resampler.ts'
import { loadKernelsWithCrew } from '../../crew.ts'
import type { TaskContext } from '../../task-context.ts'
import { readMono } from '../read-mono.ts'
import { clipsOf, hearClip } from '../waveform/waveform-clips.ts'

/** Less of an instrument teaches a few of its notes. */
const LEAST_SEC = 5

/**
 * Every recording of every domain as the networks hear it, with its samples; null where the person paused. Throws
 * FailureError `clips-too-few`, and whatever is wrong with a recording.
 */
export async function hearDomains(
  { domains, workFolder }: Pick<DomainTrainRequest, 'domains' | 'workFolder'>,
  config: WavenetBlocks,
  context: TaskContext,
  share: number,
): Promise<readonly WaveformClip[] | null> {
  const kernels = loadKernelsWithCrew(context.kernelsFolder, context.log)
  const resample = await createAnalysisResampler(kernels)
  const count = domains.reduce((sum, { recordings }) => sum + recordings.length, 0)
  const clips: WaveformClip[] = []
  let done = 0
  for (const [index, domain] of domains.entries()) {
    const own: WaveformClip[] = []
    for (const recording of domain.recordings) {
      await context.breathe()
      throwIfCancelled(context.progress)
      if (context.wish === 'pause') return null
      const progress = subProgress(context.progress, (share * done) / count, (share * ++done) / count)
      const heard = hearClip(recording, { folder: join(workFolder, 'features'), resample, kernels, progress })
      const { mono, rateHz } = readMono(recording.path)
      const samples = asLoudAsCanBe(rateHz === WAVENET_RATE_HZ ? mono : resample(mono, rateHz, WAVENET_RATE_HZ))
      for (const clip of clipsOf(heard, {}, index, config))
        own.push({ ...clip, samples: samples.subarray(0, clip.levels.length) })
    }
    requireSound(domain, own)
    clips.push(...own)
  }
  return clips
}

export const secondsOf = (clips: readonly WaveformClip[]): number =>
  clips.reduce((sum, { levels }) => sum + levels.length, 0) / WAVENET_RATE_HZ

function requireSound({ name }: LearningDomain, clips: readonly WaveformClip[]): void {
  const sec = secondsOf(clips)
  if (sec >= LEAST_SEC) return
  throw new FailureError(
    failure(
      'clips-too-few',
      `The recordings of ${name} last ${sec.toFixed(1)} s, and at least ${LEAST_SEC} s are needed.`,
      'Add recordings; a domain is learned from minutes of it alone.',
    ),
  )
}
