import { percentile } from '../../../../shared/conversion/features.ts'
import { voiceRegister } from '../../../../shared/conversion/pitch-plan.ts'
import type { WaveformModel, WaveformVoice } from '../../../../shared/formats/waveform-singer-file.ts'
import type { WavenetAutoencoderConfig } from '../../../../shared/networks/wavenet-autoencoder/config.ts'
import { isAdversarys } from '../../../../shared/networks/wavenet-autoencoder/parameters.ts'
import type { StoredParameters } from '../../../../shared/nn/parameters.ts'
import type { WaveformClip } from '../../../../shared/training/wavenet-autoencoder/clip.ts'
import type { SamplerModules } from '../../sampling/sampler-modules.ts'
import { longestOf, measureSungPeaks } from '../../waveform/measure-sung-peaks.ts'

/** A singer's range leaves out this share of the voiced frames at both ends. */
const LOWEST_PERCENT = 5
const HIGHEST_PERCENT = 95
/** So many voices show how far the decoder's channels reach. */
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
  const heard = [...voices.keys()]
    .map((row) => ({ row, own: clips.filter(({ singerIndex }) => singerIndex === row) }))
    .filter(({ own }) => own.length > 0)
    .slice(0, MEASURED_VOICES)
    .map(({ row, own }) => ({ row, clip: longestOf(own) }))
  const rows = parameters.get('singers/table')?.values ?? new Float32Array(0)
  return { config, parameters, voices, peaks: await measureSungPeaks({ config, parameters }, heard, rows, f32) }
}
