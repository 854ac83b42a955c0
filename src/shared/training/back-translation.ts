import type { Random } from '../base/random.ts'
import {
  AUXILIARY_CHANNELS,
  BAND_COUNT,
  ENCODER_INPUT_CHANNELS,
  LOW_BAND_COUNT,
} from '../networks/spectral-autoencoder/config.ts'
import { createInference } from '../networks/spectral-autoencoder/inference.ts'
import { ACTIVE_ENERGY } from '../networks/spectral-autoencoder/network.ts'
import type { Parameters } from '../networks/spectral-autoencoder/parameters.ts'
import type { TrainingBatch } from '../networks/spectral-autoencoder/training-batch.ts'
import type { Network } from '../networks/spectral-autoencoder/training-step.ts'
import { mixedRow } from './mixed-row.ts'

/**
 * Back-translation with mixup, as published for waveforms: some items are first sung by a voice that lies between
 * their own and another singer's, by the network as it is now, and the network learns to lead them back. Only the
 * encoder's input changes.
 * @param share of the items; where there is one singer nothing happens
 */
export function translateBatch(
  { config, singerCount }: Network,
  parameters: Parameters,
  batch: TrainingBatch,
  share: number,
  random: Random,
): TrainingBatch {
  const table = parameters.get('singers/table')?.values
  if (singerCount < 2 || table === undefined) return batch
  const inference = createInference(parameters, config)
  const { frameCount, auxiliary } = batch
  const encoderInput = batch.encoderInput.slice()
  batch.singerIndices.forEach((singer, item) => {
    if (random.uniform() >= share) return
    const row = mixedRow(table, config.singer, singer, singerCount, random)
    const input = encoderInput.subarray(
      item * frameCount * ENCODER_INPUT_CHANNELS,
      (item + 1) * frameCount * ENCODER_INPUT_CHANNELS,
    )
    const latent = inference.encode(frameCount, rowReader(input, ENCODER_INPUT_CHANNELS))
    const own = auxiliary.subarray(item * frameCount * AUXILIARY_CHANNELS, (item + 1) * frameCount * AUXILIARY_CHANNELS)
    const sung = inference.decode(latent, row, frameCount, rowReader(own, AUXILIARY_CHANNELS), 0, frameCount)
    writeCentered(sung, input, frameCount)
  })
  return { ...batch, encoderInput }
}

const rowReader =
  (values: Float32Array, width: number) =>
  (first: number, count: number, output: Float64Array): void =>
    output.set(values.subarray(first * width, (first + count) * width))

/** The low bands less their mean over the active frames, as the encoder hears a clip. */
function writeCentered(sung: Float32Array, input: Float32Array, frameCount: number): void {
  const mean = new Float64Array(LOW_BAND_COUNT)
  let activeCount = 0
  for (let frame = 0; frame < frameCount; frame++) {
    if (input[(frame + 1) * ENCODER_INPUT_CHANNELS - 1] <= ACTIVE_ENERGY) continue
    for (let band = 0; band < LOW_BAND_COUNT; band++) mean[band] += sung[frame * BAND_COUNT + band]
    activeCount++
  }
  for (let frame = 0; frame < frameCount; frame++) {
    for (let band = 0; band < LOW_BAND_COUNT; band++)
      input[frame * ENCODER_INPUT_CHANNELS + band] =
        sung[frame * BAND_COUNT + band] - mean[band] / Math.max(activeCount, 1)
  }
}
