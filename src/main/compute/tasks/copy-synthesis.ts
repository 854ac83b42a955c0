import { concatenated } from '../../../shared/base/concatenated.ts'
import type { CopySynthesisRequest } from '../../../shared/contract/compute.ts'
import { SOURCE_FILTER_RATE_HZ } from '../../../shared/networks/source-filter/config.ts'
import { createResampler } from '../../files/resample.ts'
import { createWavWriter } from '../../files/wav-file.ts'
import { createAnalysisResampler } from '../analysis-resampler.ts'
import { copySynthesis } from '../copy-synthesis.ts'
import { loadKernelsWithCrew } from '../crew.ts'
import { loadVocoder } from '../models/vocoder-store.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'
import { readMono } from '../training/read-mono.ts'

/** Sings a clip again by a vocoder alone, and puts it beside the clip: at its rate, as long as it is. */
export async function copyByVocoder(request: CopySynthesisRequest, context: TaskContext): Promise<TaskEnd> {
  const { sourcePath, vocoderPath, outPath, seed } = request
  const kernels = loadKernelsWithCrew(context.kernelsFolder, context.log)
  const tools = { kernels, resample: await createAnalysisResampler(kernels), progress: context.progress }
  const { mono, rateHz } = readMono(sourcePath)
  const copy = { name: 'The clip', mono, rateHz, seed }
  const sung = concatenated([...copySynthesis(loadVocoder(vocoderPath), copy, tools, outPath)])
  const writer = createWavWriter(outPath, { rateHz, channelCount: 1, encoding: 'float32' })
  try {
    writer.write([(await createResampler())(sung, SOURCE_FILTER_RATE_HZ, rateHz)])
    writer.finish()
  } catch (cause) {
    writer.abandon()
    throw cause
  }
  return { kind: 'done', result: { kind: 'copy-synthesis' } }
}
