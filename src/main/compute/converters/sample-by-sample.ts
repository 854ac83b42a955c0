import { tensorsHere } from '../emotions/tensors-here.ts'
import { openKnownNumbers } from '../known-numbers.ts'
import { requireSamplers } from '../waveform/sampler-of-model.ts'
import { singRegion, type NetworkSinger } from '../waveform/sing-region.ts'
import type { Converter } from './converter.ts'

/** What both converters that draw samples do: whoever sings is loaded first, so that a broken file is told at once. */
export async function convertSampleBySample(
  load: () => NetworkSinger,
  ...[request, context, { source, sink, progress, ...tools }]: Parameters<Converter>
): ReturnType<Converter> {
  const singer = load()
  await tensorsHere(context.backend)
  const outcome = await singRegion(
    {
      source,
      startSamples: request.sourceStartSamples,
      durationSamples: request.durationSamples,
      performance: request.performance,
      known: request.known && {
        sourceKey: request.known.sourceKey,
        numbers: openKnownNumbers(request.known.folder),
      },
    },
    singer,
    sink,
    {
      ...tools,
      modules: requireSamplers(context.kernelsFolder),
      breathe: () => context.breathe(),
      nowMs: context.nowMs,
    },
    progress,
  )
  return { outcome, banks: [] }
}
