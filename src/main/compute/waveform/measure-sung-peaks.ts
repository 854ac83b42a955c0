import { concatenated } from '../../../shared/base/concatenated.ts'
import { silentProgress } from '../../../shared/base/progress.ts'
import type { WavenetBlocks } from '../../../shared/networks/wavenet-autoencoder/config.ts'
import { lagsOf } from '../../../shared/networks/wavenet-autoencoder/pitch-lags.ts'
import { stretchTracks, withNotes } from '../../../shared/networks/wavenet-autoencoder/pitch-track.ts'
import type { StoredParameters } from '../../../shared/nn/parameters.ts'
import { autoencoderDecoder } from '../../../shared/sampling/autoencoder-decoder.ts'
import type { SamplerPeaks } from '../../../shared/sampling/calibration.ts'
import { measurePeaks } from '../../../shared/sampling/measure-peaks.ts'
import { pitchHopOf, type WaveformClip } from '../../../shared/training/wavenet-autoencoder/clip.ts'
import type { SamplerModules } from '../sampling/sampler-modules.ts'
import { createLatentReader } from './encode-latents.ts'

/** A clip, and the row of those by whom it is sung. */
export interface ClipToSing {
  readonly clip: WaveformClip
  readonly row: number
}

/** Of each clip so much is sung. */
const MEASURED_FRAMES = 20

const UNVOICED = new Float32Array(1)

export const longestOf = (clips: readonly WaveformClip[]): WaveformClip =>
  clips.reduce((most, clip) => (clip.levels.length > most.levels.length ? clip : most))

/** How far the channels of a decoder reach while it sings something of each clip. @param rows [rows × singer] */
export async function measureSungPeaks(
  { config, parameters }: { readonly config: WavenetBlocks; readonly parameters: StoredParameters },
  clips: readonly ClipToSing[],
  rows: Float32Array,
  f32: Required<SamplerModules>['f32'],
): Promise<SamplerPeaks> {
  const { hop, singer = 0, latent, notes, hasPitch } = config
  const heard = clips.map(({ clip, row }) => ({ row, ...middleOf(clip, hop) }))
  const reader = createLatentReader({ config, parameters }, () => Promise.resolve())
  const held: Float32Array[] = []
  for (const { levels, frames, pitch } of heard) {
    const latents = await reader.read(levels, { fromFrame: 0, toFrame: frames }, silentProgress)
    held.push(withNotes(latents, pitch, latent, notes))
  }
  let fromFrame = 0
  const song = {
    hop,
    held: concatenated(held),
    pitch: hasPitch
      ? concatenated(heard.map(({ levels, pitch }) => stretchTracks(pitch ?? UNVOICED, 1, levels.length)))
      : null,
    lags: hasPitch
      ? concatenated(
          heard.map(({ levels, pitch }) => lagsOf(pitch ?? UNVOICED, 1, levels.length)),
          Uint16Array,
        )
      : null,
    fixed: rows,
    fixedWidth: singer,
    segments: heard.map(({ row, frames }) => ({ fromFrame, toFrame: (fromFrame += frames), fixedRow: row })),
    seed: 1,
    temperature: 1,
  }
  return measurePeaks(f32, autoencoderDecoder(parameters, config), song)
}

/** A second of a clip, where it is most likely to sound, in whole hops. */
function middleOf({ levels, pitch }: WaveformClip, hop: number) {
  const allFrames = Math.floor(levels.length / hop)
  const frames = Math.min(allFrames, MEASURED_FRAMES)
  const start = Math.floor((allFrames - frames) / 2) * hop
  const end = start + frames * hop
  const pitchHop = pitchHopOf({ hop })
  return {
    frames,
    levels: levels.subarray(start, end),
    pitch: pitch && pitch.subarray(start / pitchHop, end / pitchHop),
  }
}
