import { silentProgress } from '../../../../shared/base/progress.ts'
import { concatenated } from '../../../../shared/base/concatenated.ts'
import { percentile } from '../../../../shared/conversion/features.ts'
import { voiceRegister } from '../../../../shared/conversion/pitch-plan.ts'
import type { WaveformModel, WaveformVoice } from '../../../../shared/formats/waveform-singer-file.ts'
import type { WavenetAutoencoderConfig } from '../../../../shared/networks/wavenet-autoencoder/config.ts'
import { isAdversarys } from '../../../../shared/networks/wavenet-autoencoder/parameters.ts'
import { stretchTracks } from '../../../../shared/networks/wavenet-autoencoder/pitch-track.ts'
import type { StoredParameters } from '../../../../shared/nn/parameters.ts'
import { autoencoderDecoder } from '../../../../shared/sampling/autoencoder-decoder.ts'
import { measurePeaks } from '../../../../shared/sampling/measure-peaks.ts'
import { pitchHopOf, type WaveformClip } from '../../../../shared/training/wavenet-autoencoder/clip.ts'
import type { SamplerModules } from '../../sampling/sampler-modules.ts'
import { createLatentReader } from '../../waveform/encode-latents.ts'

/** A singer's range leaves out this share of the voiced frames at both ends. */
const LOWEST_PERCENT = 5
const HIGHEST_PERCENT = 95
/** Of each voice so much is sung to see how far the decoder's channels reach; so many voices are enough. */
const MEASURED_FRAMES = 20
const MEASURED_VOICES = 4

/** Where a voice lies, by the pitch of all its clips. */
export function voiceOf(name: string, tracks: readonly Float32Array[]): WaveformVoice {
  const f0 = Float32Array.from(tracks.flatMap((track) => [...track]))
  const voiced = Float64Array.from(f0.filter((hz) => hz > 0))
  const { medianLog2F0, isSung } = voiceRegister(f0)
  return {
    name,
    lowestHz: percentile(voiced, LOWEST_PERCENT),
    highestHz: percentile(voiced, HIGHEST_PERCENT),
    medianHz: 2 ** (medianLog2F0 ?? 0),
    isSung,
  }
}

/** What a training has come to, as what can sing. */
export async function waveformModel(
  config: WavenetAutoencoderConfig,
  trained: StoredParameters,
  learned: { readonly voices: readonly WaveformVoice[]; readonly clips: readonly WaveformClip[] },
  { f32 }: Required<Pick<SamplerModules, 'f32'>>,
): Promise<WaveformModel> {
  const parameters = new Map([...trained].filter(([name]) => !isAdversarys(name)))
  const { voices, clips } = learned
  const decoder = autoencoderDecoder(parameters, config)
  const heard = voices.slice(0, MEASURED_VOICES).flatMap((_, row) => {
    const own = clips.filter(({ singerIndex }) => singerIndex === row)
    const longest = own.reduce((most, clip) => (clip.levels.length > most.levels.length ? clip : most), own[0])
    return [{ row, ...middleOf(longest, config.hop) }]
  })
  const reader = createLatentReader({ config, parameters }, () => Promise.resolve())
  const latents: Float32Array[] = []
  for (const { levels, frames } of heard)
    latents.push(await reader.read(levels, { fromFrame: 0, toFrame: frames }, silentProgress))
  let fromFrame = 0
  const song = {
    hop: config.hop,
    held: concatenated(latents),
    pitch: config.hasPitch
      ? concatenated(heard.map(({ levels, pitch }) => stretchTracks(pitch ?? new Float32Array(1), 1, levels.length)))
      : null,
    fixed: parameters.get('singers/table')?.values ?? new Float32Array(0),
    fixedWidth: config.singer,
    segments: heard.map(({ row, frames }) => ({ fromFrame, toFrame: (fromFrame += frames), fixedRow: row })),
    seed: 1,
    temperature: 1,
  }
  return { config, parameters, voices, peaks: measurePeaks(f32, decoder, song) }
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
