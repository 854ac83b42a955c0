import { concatenated } from '../../../shared/base/concatenated.ts'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import { throwIfCancelled } from '../../../shared/base/progress.ts'
import type { CopyRequest } from '../../../shared/contract/compute.ts'
import { SOURCE_FILTER_RATE_HZ } from '../../../shared/networks/source-filter/config.ts'
import { createResampler } from '../../files/resample.ts'
import { createWavWriter } from '../../files/wav-file.ts'
import { createAnalysisResampler } from '../analysis-resampler.ts'
import { loadKernelsWithCrew } from '../crew.ts'
import { loadVocoder } from '../models/vocoder-store.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'
import { readMono } from '../training/read-mono.ts'
import { copiedThroughVocoder } from '../vocoder-copy.ts'

/** Sings a clip again by a vocoder alone, and puts it beside the clip: at its rate, as long as it is. */
export async function copyByVocoder(request: CopyRequest, context: TaskContext): Promise<TaskEnd> {
  const { sourcePath, vocoderPath, outPath, seed } = request
  const kernels = loadKernelsWithCrew(context.kernelsFolder, context.log)
  const tools = { kernels, resample: await createAnalysisResampler(kernels) }
  const { mono, rateHz } = readMono(sourcePath)
  const wholeSec = mono.length / SOURCE_FILTER_RATE_HZ
  const pieces: Float32Array[] = []
  for (const piece of copiedThroughVocoder(loadVocoder(vocoderPath), { mono, rateHz, seed }, tools, outPath)) {
    pieces.push(piece)
    context.progress.report(Math.min(pieces.length / Math.max(wholeSec, 1), 1), 'singing the clip')
    await context.breathe()
    throwIfCancelled(context.progress)
  }
  const copy = concatenated(pieces)
  if (copy.length === 0)
    throw new FailureError(failure('audio-silent', 'The clip is silent: every sample is zero.', 'Choose another.'))
  const writer = createWavWriter(outPath, { rateHz, channelCount: 1, encoding: 'float32' })
  try {
    writer.write([(await createResampler())(copy, SOURCE_FILTER_RATE_HZ, rateHz)])
    writer.finish()
  } catch (cause) {
    writer.abandon()
    throw cause
  }
  return { kind: 'done', result: { kind: 'copy' } }
}
