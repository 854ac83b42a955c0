import { subProgress } from '../../../shared/base/progress.ts'
import type { PitchRequest } from '../../../shared/contract/compute.ts'
import { analyzePitch } from '../../../shared/conversion/analyze.ts'
import { knownPitch } from '../../../shared/conversion/known-analysis.ts'
import { planSpan, surveySpan } from '../../../shared/conversion/windows.ts'
import { writePitch } from '../../../shared/melody/index.ts'
import { openWavReader } from '../../files/wav-file.ts'
import { createAnalysisResampler } from '../analysis-resampler.ts'
import { loadKernelsWithCrew } from '../crew.ts'
import { openKnownNumbers } from '../known-numbers.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'

/** The melody of a region as a conversion of that region hears it, so that both find it out only once. */
export async function findPitch(request: PitchRequest, context: TaskContext): Promise<TaskEnd> {
  const { sourcePath, sourceStartSamples, durationSamples } = request
  const resample = await createAnalysisResampler(loadKernelsWithCrew(context.kernelsFolder, context.log))
  const source = openWavReader(sourcePath)
  try {
    const span = planSpan(source, sourceStartSamples, durationSamples)
    const survey = surveySpan(span, subProgress(context.progress, 0, 0.05))
    const known = { sourceKey: request.known.sourceKey, numbers: openKnownNumbers(request.known.folder) }
    const f0 = knownPitch(known, span, survey, () => {
      const kernels = loadKernelsWithCrew(context.kernelsFolder, context.log)
      return analyzePitch(span, survey, resample, subProgress(context.progress, 0.05, 1), kernels)
    })
    return { kind: 'done', result: { kind: 'pitch', startSamples: span.startSamples, pitch: writePitch(f0) } }
  } finally {
    source.close()
  }
}
