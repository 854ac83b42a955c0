import { dispose, tensor3d } from '@tensorflow/tfjs-core'
import { throwIfCancelled, type Progress } from '../../../shared/base/progress.ts'
import { SILENT_LEVEL } from '../../../shared/dsp/mu-law.ts'
import { encoderReach, type WavenetBlocks } from '../../../shared/networks/wavenet-autoencoder/config.ts'
import { encode, levelInput } from '../../../shared/networks/wavenet-autoencoder/network.ts'
import { encoderShapes } from '../../../shared/networks/wavenet-autoencoder/parameters.ts'
import {
  createParameterLayout,
  packParameters,
  toTensors,
  type StoredParameters,
} from '../../../shared/nn/parameters.ts'
import { readTensors } from '../../../shared/nn/scope.ts'

/** What the encoder of the published size hears at once takes a few hundred megabytes of tensors. */
const PIECE_SAMPLES = 16_000

export interface FrameSpan {
  readonly fromFrame: number
  /** Excluded. */
  readonly toFrame: number
}

/** Frames beside a piece that its latents hear. */
const marginFrames = (config: WavenetBlocks): number => Math.ceil((encoderReach(config) - 1) / 2 / config.hop)

/** Latents of a long sound, found piece by piece. */
export interface LatentReader {
  /**
   * [frames × latent]: what the encoder would give for the whole sound, in bounded memory. What lies behind the sound's
   * end in its last frame is silence. Throws `CancelledError`.
   * @param levels of the whole sound
   */
  read(levels: Uint8Array, span: FrameSpan, progress: Progress): Promise<Float32Array>
}

/** @param breathe is awaited between pieces, so that messages come in */
export function createLatentReader(
  { config, parameters }: { readonly config: WavenetBlocks; readonly parameters: StoredParameters },
  breathe: () => Promise<void>,
): LatentReader {
  const layout = createParameterLayout(encoderShapes(config))
  const weights = packParameters(layout, parameters)
  const { hop, latent } = config
  const pieceFrames = Math.max(Math.floor(PIECE_SAMPLES / hop), 1)
  const margin = marginFrames(config)

  async function readPiece(levels: Uint8Array, from: number, to: number): Promise<Float32Array> {
    const lastFrame = Math.ceil(levels.length / hop)
    const [first, last] = [Math.max(from - margin, 0), Math.min(to + margin, lastFrame)]
    const heard = Float32Array.from({ length: (last - first) * hop }, (_, at) =>
      levelInput(levels[first * hop + at] ?? SILENT_LEVEL),
    )
    const tensors = toTensors(layout, weights)
    try {
      const [found] = await readTensors(() => [
        encode(tensor3d(heard, [1, heard.length, 1]), tensors, config, 'inputs'),
      ])
      return found.slice((from - first) * latent, (to - first) * latent)
    } finally {
      dispose([...tensors.values()])
    }
  }
  return {
    async read(levels, { fromFrame, toFrame }, progress) {
      const latents = new Float32Array((toFrame - fromFrame) * latent)
      for (let from = fromFrame; from < toFrame; from += pieceFrames) {
        await breathe()
        throwIfCancelled(progress)
        progress.report((from - fromFrame) / (toFrame - fromFrame), 'listening to what is sung')
        const piece = await readPiece(levels, from, Math.min(from + pieceFrames, toFrame))
        latents.set(piece, (from - fromFrame) * latent)
      }
      return latents
    },
  }
}
