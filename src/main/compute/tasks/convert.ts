import { failure, FailureError } from '../../../shared/base/errors.ts'
import { subProgress } from '../../../shared/base/progress.ts'
import type { ConvertRequest } from '../../../shared/contract/compute.ts'
import { compareToSource, type Comparison } from '../../../shared/conversion/report.ts'
import type { Resample } from '../../../shared/conversion/sound.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import { createScratchFile } from '../../files/scratch-file.ts'
import { createWavWriter, openWavReader, type WavReader } from '../../files/wav-file.ts'
import { createAnalysisResampler } from '../analysis-resampler.ts'
import type { Converted } from '../converters/converter.ts'
import { converterOf, converters } from '../converters/converters.ts'
import { loadKernelsWithCrew } from '../crew.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'

/** Of the whole task's progress: until the region is sung; what follows holds it against the source. */
const CONVERTED = 0.8

/** Sings a span of a source with a singer's voice, into a file of its own, and holds it against the source. */
export async function convert(request: ConvertRequest, context: TaskContext): Promise<TaskEnd> {
  const startMs = context.nowMs()
  const kernels = loadKernelsWithCrew(context.kernelsFolder, context.log)
  const resample = await createAnalysisResampler(kernels)
  const source = openWavReader(request.sourcePath)
  try {
    requireSpan(request, source)
    const converted = await renderTo(request, context, { source, resample, kernels })
    const renderSec = (context.nowMs() - startMs) / 1000
    const comparison = compare(request, context, converted, { source, resample, kernels })
    const { semitones } = converted.outcome
    return { kind: 'done', result: { kind: 'convert', semitones, ...comparison, renderSec } }
  } finally {
    source.close()
  }
}

interface Tools {
  readonly source: WavReader
  readonly resample: Resample
  readonly kernels: Kernels
}

/** The file gets its name only when the whole region is in it. */
async function renderTo(request: ConvertRequest, context: TaskContext, tools: Tools): Promise<Converted> {
  const { rateHz, channelCount } = tools.source
  const converter = converters[converterOf(request.singerPath) ?? 'spectral-autoencoder']
  const writer = createWavWriter(request.outPath, { rateHz, channelCount, encoding: 'float32' })
  const scratch = createScratchFile(request.outPath)
  try {
    const converted = await converter(request, context, {
      ...tools,
      sink: writer,
      openScratch: scratch.openScratch,
      progress: subProgress(context.progress, 0, CONVERTED),
    })
    writer.finish()
    return converted
  } catch (cause) {
    writer.abandon()
    throw cause
  } finally {
    scratch.close()
  }
}

function compare(
  request: ConvertRequest,
  context: TaskContext,
  { outcome, banks, isPlayed = false }: Converted,
  { source, resample, kernels }: Tools,
): Comparison {
  const render = openWavReader(request.outPath)
  try {
    return compareToSource({
      source,
      startSamples: request.sourceStartSamples,
      durationSamples: request.durationSamples,
      render,
      outcome,
      resample,
      progress: subProgress(context.progress, CONVERTED, 1),
      kernels,
      banks,
      isPlayed,
    })
  } finally {
    render.close()
  }
}

function requireSpan({ sourcePath, sourceStartSamples, durationSamples }: ConvertRequest, source: WavReader): void {
  const isInside = sourceStartSamples >= 0 && sourceStartSamples + durationSamples <= source.durationSamples
  if (isInside && durationSamples > 0) return
  const asked = `${durationSamples} samples from ${sourceStartSamples}`
  const message = `“${sourcePath}” holds ${source.durationSamples} samples, and ${asked} were asked for.`
  throw new FailureError(failure('audio-truncated', message, 'Import the file again.'))
}
