import { flowavenetSizes, samplesPerFrame } from '../flowavenet/config.ts'
import { flowavenetShapes } from '../flowavenet/parameters.ts'
import { flowVocoderSizes } from '../flow-vocoder/config.ts'
import { flowVocoderShapes } from '../flow-vocoder/parameters.ts'
import { glowSizes } from '../glow/config.ts'
import { glowShapes } from '../glow/parameters.ts'
import { musicTranslationSizes } from '../music-translation/config.ts'
import { domainShapes } from '../music-translation/parameters.ts'
import { flowDilations, noiseReach, parallelWavenetSizes } from '../parallel-wavenet-vocoder/config.ts'
import { parallelWavenetShapes } from '../parallel-wavenet-vocoder/parameters.ts'
import { pixelcnnSizes, reachOf as pixelReach } from '../pixelcnn/config.ts'
import { pixelcnnShapes } from '../pixelcnn/parameters.ts'
import { realnvpSizes } from '../realnvp/config.ts'
import { realnvpShapes } from '../realnvp/parameters.ts'
import { CEPSTRA, relganSizes } from '../relgan/config.ts'
import { relganShapes } from '../relgan/parameters.ts'
import {
  FRAME_SAMPLES,
  GROUP as SAMPLES_TOGETHER,
  SOURCE_FILTER_RATE_HZ,
  sourceFilterSizes,
  sourceReach,
} from '../source-filter/config.ts'
import { sourceFilterShapes } from '../source-filter/parameters.ts'
import { DECODER_DILATIONS, spectralAutoencoderSizes } from '../spectral-autoencoder/config.ts'
import { spectralAutoencoder } from '../spectral-autoencoder/index.ts'
import { parameterShapes } from '../spectral-autoencoder/parameters.ts'
import { waveglowSizes } from '../waveglow/config.ts'
import { waveglowShapes } from '../waveglow/parameters.ts'
import {
  decoderReach,
  dilationsOf as autoencoderDilations,
  WAVENET_RATE_HZ,
  wavenetAutoencoderSizes,
  type WavenetBlocks,
} from '../wavenet-autoencoder/config.ts'
import { wavenetAutoencoderShapes } from '../wavenet-autoencoder/parameters.ts'
import { samplesPerPlace } from '../wavenet-autoencoder/places.ts'
import { dilationsOf, hopOf, reachOf, wavenetSizes } from '../wavenet/config.ts'
import { wavenetShapes } from '../wavenet/parameters.ts'
import {
  dilationsOf as vocoderDilations,
  reachOf as vocoderReach,
  wavenetVocoderSizes,
} from '../wavenet-vocoder/config.ts'
import { wavenetVocoderShapes } from '../wavenet-vocoder/parameters.ts'
import { explainShapes, numberAfter, type Explanation, type SizeExplanation } from './explanation.ts'

export type { Explanation, LayerGroup, Reach, SizeExplanation } from './explanation.ts'

/** Of the published vocoders. */
const VOCODER_RATE_HZ = 22_050
const FRAMES_PER_SEC = 100
const RELGAN_FRAMES_PER_SEC = 200
/** A picture is a patch of spectrogram of this size. */
const SIDE = 32
const wholePicture = { count: SIDE, unit: 'rows and columns', sec: null } as const

/** Every network that can be explained, by its name. */
export const explanations: ReadonlyMap<string, Explanation> = new Map([
  [
    'spectral-autoencoder',
    explanation(
      'Spectral autoencoder',
      'The default converter: spectra of any singer to a narrow latent, and from there to one singer’s.',
      'this program',
      spectralAutoencoderSizes,
      (config) => {
        const { frames, hopSec } = spectralAutoencoder.reach(config)
        const dilation = (name: string) => (name.endsWith('/gate') ? DECODER_DILATIONS[numberAfter('block', name)] : 1)
        const reach = { count: 2 * frames + 1, unit: 'frames', sec: (2 * frames + 1) * hopSec } as const
        // A table and what it adds are computed once, not for every frame.
        const places = (name: string) => (/singer/.test(name) ? 0 : FRAMES_PER_SEC)
        return explainShapes(parameterShapes(config, 1), { places, dilation }, reach)
      },
    ),
  ],
  [
    'wavenet-autoencoder',
    explanation(
      'WaveNet autoencoder',
      'What is sung without who sings it, and a WaveNet that sings it with another voice.',
      'Nachmani and Wolf 2019; pitch after Deng et al. 2020',
      wavenetAutoencoderSizes,
      (config) => explainBlocks(config, wavenetAutoencoderShapes(config, 2)),
    ),
  ],
  [
    'music-translation',
    explanation(
      'Music translation',
      'What is played without what plays it, and a WaveNet for each instrument that plays it; NSynth’s for one.',
      'Mor et al. 2018; Engel et al. 2017',
      musicTranslationSizes,
      (config) => explainBlocks(config, domainShapes(config)),
    ),
  ],
  [
    'relgan',
    explanation(
      'RelGAN',
      'Mel-cepstra of one emotion to those of another, as far as one likes.',
      'Wu et al. 2019',
      relganSizes,
      (size) => {
        const shapes = relganShapes({ ...size, emotions: 4 })
        const frames = RELGAN_FRAMES_PER_SEC
        // Maps are halved twice along both axes; what runs on lines sees all bands at once.
        const places = (name: string) => {
          if (!name.startsWith('generator')) return 0
          if (/in$|out$/.test(name) && !name.includes('block')) return CEPSTRA * frames
          if (/down1|up2/.test(name)) return (CEPSTRA / 2) * (frames / 2)
          if (/down2|up1/.test(name)) return (CEPSTRA / 4) * (frames / 4)
          return frames / 4
        }
        return explainShapes(shapes, { places }, { count: 128, unit: 'frames', sec: 128 / frames })
      },
    ),
  ],
  [
    'wavenet',
    explanation(
      'WaveNet',
      'A vocoder that tells each sample from all before it; ClariNet’s teacher, and a flow of its student.',
      'van den Oord et al. 2016; Ping et al. 2018',
      wavenetSizes,
      (config) => {
        const count = reachOf(config)
        const dilation = (name: string) =>
          name.endsWith('/conv') ? dilationsOf(config)[numberAfter('layer', name)] : 1
        const places = (name: string) =>
          name === 'context' ? VOCODER_RATE_HZ / hopOf(config) : name.startsWith('stretch') ? 0 : VOCODER_RATE_HZ
        const reach = { count, unit: 'samples', sec: count / VOCODER_RATE_HZ } as const
        return explainShapes(wavenetShapes(config), { places, dilation }, reach)
      },
    ),
  ],
  [
    'flowavenet',
    explanation(
      'FloWaveNet',
      'A vocoder that makes all samples at once, out of noise, through flows at many rates.',
      'Kim et al. 2019',
      flowavenetSizes,
      (config) => {
        const dilation = (name: string) => (name.endsWith('/in') ? 2 ** numberAfter('layer', name) : 1)
        const places = (name: string) =>
          name.startsWith('stretch') ? 0 : VOCODER_RATE_HZ / 2 ** (numberAfter('block', name) + 1)
        // Each flow of a block sees this many of its own frames, which are longer in later blocks.
        const perFlow = 2 + 2 * (2 ** config.layers - 1)
        const count = Array.from({ length: config.blocks }, (_, block) => 2 ** (block + 1)).reduce(
          (sum, samples) => sum + config.flowsPerBlock * perFlow * samples,
          samplesPerFrame(config),
        )
        const reach = { count, unit: 'samples', sec: count / VOCODER_RATE_HZ } as const
        return explainShapes(flowavenetShapes(config), { places, dilation }, reach)
      },
    ),
  ],
  [
    'waveglow',
    explanation(
      'WaveGlow',
      'A vocoder that makes all samples at once, out of noise, eight beside each other.',
      'Prenger et al. 2018',
      waveglowSizes,
      (config) => {
        const dilation = (name: string) => (name.endsWith('/in') ? 2 ** numberAfter('layer', name) : 1)
        const places = (name: string) => VOCODER_RATE_HZ / (name === 'upsampling' ? config.hop : config.group)
        const count = config.group * (1 + config.flows * 2 * (2 ** config.layers - 1))
        const reach = { count, unit: 'samples', sec: count / VOCODER_RATE_HZ } as const
        return explainShapes(waveglowShapes(config), { places, dilation }, reach)
      },
    ),
  ],
  [
    'source-filter',
    explanation(
      'Source-filter vocoder',
      'A vocoder that is driven by pitch: pulses and noise become a voice without its envelope, all samples at once.',
      'Wang et al. 2019; its loss after Gritsenko et al. 2020',
      sourceFilterSizes,
      (config) => {
        const dilation = (name: string) => (name.endsWith('/conv') ? config.dilations[numberAfter('layer', name)] : 1)
        const places = (name: string) =>
          SOURCE_FILTER_RATE_HZ / (name.includes('condition') ? FRAME_SAMPLES : SAMPLES_TOGETHER)
        const count = SAMPLES_TOGETHER * (2 * sourceReach(config) + 1)
        const reach = { count, unit: 'samples', sec: count / SOURCE_FILTER_RATE_HZ } as const
        return explainShapes(sourceFilterShapes(config), { places, dilation }, reach)
      },
    ),
  ],
  [
    'flow-vocoder',
    explanation(
      'Flow vocoder',
      'WaveGlow, told pitch and features of a voice: noise becomes a voice without its envelope, all samples at once.',
      'Prenger et al. 2018, in this program’s own form',
      flowVocoderSizes,
      (config) => {
        const dilation = (name: string) => (name.endsWith('/in') ? 2 ** numberAfter('layer', name) : 1)
        const places = (name: string) =>
          SOURCE_FILTER_RATE_HZ / (name.includes('condition') ? FRAME_SAMPLES : SAMPLES_TOGETHER)
        const count = SAMPLES_TOGETHER * (2 * config.flows * (2 ** config.layers - 1) + 1)
        const reach = { count, unit: 'samples', sec: count / SOURCE_FILTER_RATE_HZ } as const
        return explainShapes(flowVocoderShapes(config), { places, dilation }, reach)
      },
    ),
  ],
  [
    'wavenet-vocoder',
    explanation(
      'WaveNet vocoder',
      'A WaveNet, told pitch and features of a voice, that hears its own past: a voice without its envelope, one sample after the other.',
      'van den Oord et al. 2016, in this program’s own form; its Gaussian after Ping et al. 2018',
      wavenetVocoderSizes,
      (config) => {
        const dilation = (name: string) =>
          name.endsWith('/conv') ? vocoderDilations(config)[numberAfter('layer', name)] : 1
        const places = (name: string) => SOURCE_FILTER_RATE_HZ / (name.includes('condition') ? FRAME_SAMPLES : 1)
        const count = vocoderReach(config)
        const reach = { count, unit: 'samples', sec: count / SOURCE_FILTER_RATE_HZ } as const
        return explainShapes(wavenetVocoderShapes(config), { places, dilation }, reach)
      },
    ),
  ],
  [
    'parallel-wavenet-vocoder',
    explanation(
      'Parallel WaveNet vocoder',
      'A WaveNet vocoder’s student: flows that make all samples of a voice at once of noise, as its teacher would have sung them.',
      'van den Oord et al. 2018 and Ping et al. 2018, in this program’s own form',
      parallelWavenetSizes,
      (config) => {
        const dilation = (name: string) =>
          name.endsWith('/conv') ? flowDilations(config)[numberAfter('layer', name)] : 1
        const places = (name: string) => SOURCE_FILTER_RATE_HZ / (name.includes('condition') ? FRAME_SAMPLES : 1)
        const count = noiseReach(config)
        const reach = { count, unit: 'samples', sec: count / SOURCE_FILTER_RATE_HZ } as const
        return explainShapes(parallelWavenetShapes(config), { places, dilation }, reach)
      },
    ),
  ],
  [
    'pixelcnn',
    explanation(
      'PixelCNN',
      'What each place of a picture may be, given all before it: WaveNet’s counterpart over two axes.',
      'van den Oord et al. 2016',
      pixelcnnSizes,
      (config) => {
        const reach = { count: 2 * pixelReach(config) + 1, unit: 'rows and columns', sec: null } as const
        return explainShapes(pixelcnnShapes(config), { places: () => SIDE * SIDE }, reach, 'picture')
      },
    ),
  ],
  [
    'realnvp',
    explanation(
      'RealNVP',
      'A picture becomes noise through couplings that each leave half of it.',
      'Dinh et al. 2017',
      realnvpSizes,
      (config) => {
        const places = (name: string) =>
          (SIDE / 2 ** (numberAfter('level', name) + (name.includes('channels') ? 1 : 0))) ** 2
        return explainShapes(realnvpShapes(config), { places }, wholePicture, 'picture')
      },
    ),
  ],
  [
    'glow',
    explanation(
      'Glow',
      'A picture becomes noise through normalizing, mixing and coupling.',
      'Kingma and Dhariwal 2018',
      glowSizes,
      (config) => {
        const places = (name: string) => (SIDE / 2 ** (numberAfter('level', name) + 1)) ** 2
        return explainShapes(glowShapes(config), { places }, wholePicture, 'picture')
      },
    ),
  ],
])

function explanation<Config>(
  label: string,
  about: string,
  source: string,
  sizes: Readonly<Record<string, Config>>,
  explain: (config: Config) => SizeExplanation,
): Explanation {
  return {
    label,
    about,
    source,
    sizes: Object.keys(sizes),
    explain: (size) => (Object.hasOwn(sizes, size) ? explain(sizes[size]) : null),
  }
}

/** Of a network of the WaveNet autoencoder's blocks. */
function explainBlocks(config: WavenetBlocks, shapes: ReadonlyMap<string, readonly number[]>): SizeExplanation {
  const count = decoderReach(config)
  const dilation = (name: string) => {
    if (!name.endsWith('/conv')) return 1
    const part = name.startsWith('encoder') ? config.encoder : config.decoder
    return autoencoderDilations(part)[numberAfter('layer', name)]
  }
  const places = (name: string) => WAVENET_RATE_HZ / samplesPerPlace(name, config)
  const reach = { count, unit: 'samples', sec: count / WAVENET_RATE_HZ } as const
  return explainShapes(shapes, { places, dilation }, reach)
}
