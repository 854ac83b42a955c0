import { failure, FailureError } from '../../../shared/base/errors.ts'
import { subProgress } from '../../../shared/base/progress.ts'
import type { AnalyzeRequest } from '../../../shared/contract/compute.ts'
import type { SampleSource } from '../../../shared/conversion/sound.ts'
import { openWavReader, type WavReader } from '../../files/wav-file.ts'
import { summarizePitch } from '../clips/pitch-summary.ts'
import { scanSound } from '../clips/sound-scan.ts'
import { createAnalysisResampler } from '../analysis-resampler.ts'
import { loadKernelsWithCrew } from '../crew.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'

type Span = NonNullable<AnalyzeRequest['span']>

/** Everything that one can say of a sound without converting it. */
export async function analyze(request: AnalyzeRequest, context: TaskContext): Promise<TaskEnd> {
  const resample = await createAnalysisResampler(loadKernelsWithCrew(context.kernelsFolder, context.log))
  const file = openWavReader(request.path)
  const reader = request.span === undefined ? file : partOf(file, request.span)
  try {
    if (reader.durationSamples === 0) {
      throw new FailureError(failure('audio-empty', `“${request.path}” holds no samples.`, 'Choose another recording.'))
    }
    const scan = scanSound(reader, subProgress(context.progress, 0, 0.1))
    const kernels = loadKernelsWithCrew(context.kernelsFolder, context.log)
    const pitch = summarizePitch(reader, resample, subProgress(context.progress, 0.1, 1), kernels)
    const { rateHz, channelCount, durationSamples } = reader
    const { loudnessLufs, clippedSampleCount } = scan
    const { voicedFraction, medianHz, lowestHz, highestHz } = pitch
    return {
      kind: 'done',
      result: {
        kind: 'analyze',
        analysis: {
          rateHz,
          channelCount,
          durationSamples,
          peakDb: scan.peak > 0 ? 20 * Math.log10(scan.peak) : null,
          loudnessLufs,
          clippedSampleCount,
          voicedFraction,
          medianHz,
          lowestHz,
          highestHz,
          f0Hz: Array.from(pitch.f0),
        },
      },
    }
  } finally {
    file.close()
  }
}

/** Throws FailureError `request-invalid` where the file does not hold the span. */
function partOf(file: WavReader, { startSamples, durationSamples }: Span): SampleSource {
  if (startSamples + durationSamples > file.durationSamples) {
    const found = `the file holds ${file.durationSamples} samples`
    throw new FailureError(
      failure(
        'request-invalid',
        `Samples ${startSamples} to ${startSamples + durationSamples} are asked for; ${found}.`,
      ),
    )
  }
  const { rateHz, channelCount } = file
  return { rateHz, channelCount, durationSamples, read: (start, count) => file.read(startSamples + start, count) }
}
