import type { Progress } from '../../../shared/base/progress.ts'
import type { SampleSink, SampleSource } from '../../../shared/conversion/sound.ts'
import type { DomainModel } from '../../../shared/formats/domain-file.ts'
import { autoencoderDecoder } from '../../../shared/sampling/autoencoder-decoder.ts'
import type { LatentBlend } from '../waveform/blended-latents.ts'
import {
  asItIs,
  singRegion,
  type DrawingTools,
  type DrawnPerformance,
  type NetworkSinger,
} from '../waveform/sing-region.ts'

export interface TranslationWish {
  readonly model: DomainModel
  readonly performance: Partial<DrawnPerformance>
  readonly blend?: LatentBlend | undefined
}

/** A domain in the samplers' terms: it plays for nobody else, and wherever the melody lies. */
export const domainSinger = (model: DomainModel): NetworkSinger => ({
  model,
  decoder: autoencoderDecoder(model.parameters, model.config),
  row: new Float32Array(0),
  register: { medianLog2F0: null, isSung: true },
})

/** Plays a whole sound anew as a domain would, as a region of a song is (`singRegion`). Throws `CancelledError`. */
export async function translateSound(
  source: SampleSource,
  { model, performance, blend }: TranslationWish,
  sink: SampleSink,
  tools: DrawingTools,
  progress: Progress,
): Promise<void> {
  const region = {
    source,
    startSamples: 0,
    durationSamples: source.durationSamples,
    performance: { ...asItIs, ...performance },
    blend,
  }
  await singRegion(region, domainSinger(model), sink, tools, progress)
}
