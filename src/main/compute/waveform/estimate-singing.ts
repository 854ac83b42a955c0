import { silentProgress } from '../../../shared/base/progress.ts'
import { heldWidth, WAVENET_RATE_HZ, type WavenetBlocks } from '../../../shared/networks/wavenet-autoencoder/config.ts'
import type { Sampler } from '../sampling/sampler.ts'
import type { LatentReader } from './encode-latents.ts'
import type { NetworkSound } from './network-sound.ts'
import { PARTS_AT_ONCE, partsToSing } from './sing-span.ts'

/** Of each part so much is sung to see how fast it goes. */
const TRIED_SAMPLES = 1600
/** As far back as one period of a middle voice. */
const TRIED_LAG = 100
/** What is heard for it. */
const TRIED_SEC = 0.5

/**
 * Seconds that a sound will take, from a moment of hearing and of singing: its start, such as threads that compile their
 * kernels, is not counted.
 * @param row what the decoder is told of who sings
 */
export async function estimateSinging(
  config: WavenetBlocks & { readonly hasPitch: boolean },
  sound: Pick<NetworkSound, 'levels' | 'energies'>,
  row: Float32Array,
  { reader, sampler }: { readonly reader: LatentReader; readonly sampler: Sampler },
  nowMs: () => number,
): Promise<number> {
  const frameCount = sound.energies.length
  const heardFrames = Math.min(frameCount, Math.max(Math.round((TRIED_SEC * WAVENET_RATE_HZ) / config.hop), 1))
  const parts = partsToSing(sound, config)
  const atOnce = Math.min(parts.length, PARTS_AT_ONCE)
  const triedFrames = Math.max(Math.round(TRIED_SAMPLES / config.hop), 1)
  const song = {
    hop: config.hop,
    held: new Float32Array(triedFrames * heldWidth(config)),
    pitch: config.hasPitch ? new Float32Array(triedFrames * config.hop) : null,
    lags: config.hasPitch ? new Uint16Array(triedFrames * config.hop).fill(TRIED_LAG) : null,
    fixed: row,
    fixedWidth: row.length,
    segments: Array.from({ length: atOnce }, () => ({ fromFrame: 0, toFrame: triedFrames, fixedRow: 0 })),
    seed: 1,
    temperature: 1,
  }
  const secOf = async (work: () => Promise<unknown>) => {
    await work()
    const startMs = nowMs()
    await work()
    return (nowMs() - startMs) / 1000
  }
  const heard = await secOf(() => reader.read(sound.levels, { fromFrame: 0, toFrame: heardFrames }, silentProgress))
  const sung = await secOf(() => sampler.sing(song, silentProgress))
  const sungFrames = parts.reduce((sum, { leadFrame, tailFrame }) => sum + tailFrame - leadFrame, 0)
  return (sungFrames * heard) / heardFrames + (sungFrames * sung) / (atOnce * triedFrames)
}
