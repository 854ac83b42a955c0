import { plural } from '../plural.ts'
export const inspector = {
  // BlendRows
  unknownSinger: 'a singer who is not here',
  differentBlends: 'The regions mix different singers.',
  blendWith: 'Blend with',
  blendSinger: (number: number) => `Singer ${number} of the blend`,
  blend: 'Blend',
  takeOut: (name: string) => `Take ${name} out of the blend`,
  share: 'Share',
  shareOf: (name: string) => `Share of ${name}`,
  overAll: (shares: string) => `Together more than all: heard as ${shares}.`,
  andWith: 'And with',
  blendAnother: 'Blend with another singer',
  blendThird: 'Blend with a third singer',
  nobody: 'nobody',

  // ConvertBar
  convertingFacts: (count: number, percent: number, left: string | null) =>
    `${count === 1 ? 'Converting' : `Converting ${count}`}, ${percent} %${left === null ? '' : `, about ${left} left`}`,
  converting: 'Converting',
  stop: 'Stop',
  convert: 'Convert',
  convertRegions: (count: number) => `Convert ${count} regions`,
  converted: 'Converted',
  editNotesOf: (name: string) => `Edit the notes of ${name}`,
  edit: 'Edit',

  // CurveToggle
  drawOverTime: (name: string) => `Draw ${name} over time`,

  // EmotionChoice
  emotion: 'Emotion',

  // HearEmotion
  hear: 'Hear',
  hearAt: 'Hear the emotion at an intensity',
  hearInTurn: 'Hear 0, 50 and 100 % in turn',
  stopHearing: 'Stop hearing the emotion',
  hearingAt: (region: string, percent: number) => `${region} at ${percent} %`,
  renderingAt: (percent: number, done: number) => `Rendering ${percent} %: ${done} % done`,
  sameSound: 'Neutral sounds the same at any intensity.',

  // FailureNote
  notConverted: (name: string) => `${name} could not be converted.`,
  tryAgain: 'Try again',
  notConvertedTitle: (name: string) => `${name} could not be converted`,
  details: 'Details',
  originalPlays: 'The original still plays.',

  // Inspector
  inspector: 'Inspector',

  // KeyShiftRow
  keyShift: 'Key shift',
  auto: 'Auto',
  set: 'Set',
  keyShiftInSemitones: 'Key shift in semitones',

  // MeasuredBlock
  theSinger: 'the singer',
  measured: 'Measured',
  againstOriginal: 'against the original',
  pitchError: 'pitch error, median',
  cents: 'cents',
  voicingDiffers: 'voicing differs',
  timingOffset: 'timing offset',
  levelChange: 'level change',
  clipped: 'clipped',
  timbreTip: 'mean distance of voiced spectra from the nearest real ones; no equalizer changes it',
  timbreDistance: 'Distance of the timbre, dB',
  thisRender: 'this render',
  before: 'before',
  realClips: 'real clips',
  fromSinger: (name: string) => `from ${name}`,
  fromSource: 'from the source',
  renderedFacts: (samples: string, seconds: string) =>
    `${samples} samples, as many as the source; rendered in ${seconds} s`,

  // PerformanceBlock
  performance: 'Performance',
  singer: 'Singer',
  intensity: 'Intensity',
  extrapolated: 'Past 100 % it is more than anybody showed: extrapolated.',

  // PlacementBlock
  region: 'Region',
  fades: 'Fades',
  fadeInMs: 'Fade in, milliseconds',
  fadeIn: 'Fade in',
  fadeOutMs: 'Fade out, milliseconds',
  fadeOut: 'Fade out',
  gain: 'Gain',
  gainInDb: 'Gain in decibels',
  mute: 'Mute',
  unmute: 'Unmute',
  muted: 'Muted',
  fadeInPrefix: 'in',
  fadeOutPrefix: 'out',

  // RangeNote
  hasRange: (singer: string, range: string, asked: string) => `${singer} has ${range}; the region asks for ${asked}.`,
  octaveLower: 'Sing it an octave lower',
  octaveHigher: 'Sing it an octave higher',

  // RegionInspector
  moreForSelection: 'More for the selection',
  listenTo: 'Listen to',
  original: 'Original',
  songIsOriginal: 'The whole song is heard as the original now.',
  matchLoudness: 'Match loudness while comparing',
  span: (from: string, to: string, seconds: string) => `${from} to ${to} · ${seconds} s`,
  countSung: (sung: number, count: number) => `${sung} of ${count} sung`,

  // SingWithBlock
  singWith: 'Sing with',
  performer: 'Performer',
  choosePerformer: 'singer or instrument',
  chooseSinger: 'choose a singer',
  sourcesStay: (count: number) =>
    `${plural(count, 'The source stays', 'The sources stay')}; a linked region appears on the singer’s track.`,
  noSinger: 'There is no singer yet.',
  trainSinger: 'Train a singer',

  // TakesBlock
  takes: 'Takes',
  take: (number: number, words: string, use: string) => `Take ${number}, ${words}, ${use}`,
  starTake: (number: number) => `Star take ${number}`,
  flatten: 'Flatten to regions',
  used: (takes: string) => `used: ${takes}`,

  // Tips
  tipSelect: 'Click a region to see what it asks for; drag it onto a singer’s track to have it sung.',
  tipSinger: 'Choose a singer',
  tipEmotion: 'Choose an emotion',
  tipHear: 'Hear original or converted',
  allShortcuts: 'All shortcuts',
  tipDrop: 'Drop vocal stems onto the lanes.',
  importAudio: 'Import audio',
  nothingSelected: 'Nothing selected',

  // TrackInspector
  singerTrackFacts: (count: number, unconverted: number) =>
    `Singer track · ${count} ${plural(count, 'region', 'regions')}${unconverted > 0 ? `, ${unconverted} not converted` : ''}`,
  sourceTrackFacts: (count: number, unconverted: number) =>
    `Source track · ${count} ${plural(count, 'region', 'regions')}${unconverted > 0 ? `, ${unconverted} not converted` : ''}`,
  singerOf: (name: string) => `Singer of ${name}`,
  notHere: 'not on this machine',
  instrumentTrackFacts: (count: number, unconverted: number) =>
    `Instrument track · ${count} ${plural(count, 'region', 'regions')}${unconverted > 0 ? `, ${unconverted} not converted` : ''}`,
  instrumentOf: (name: string) => `Instrument of ${name}`,
  instrument: 'Instrument',
  instrumentNamed: (name: string) => `${name} · instrument`,
  track: 'Track',
  volume: 'Volume',
  volumeInDb: 'Volume in decibels',
  pan: 'Pan',
  panInPercent: 'Pan in percent, left is negative',
  solo: 'Solo',

  // ValueRow
  drawnOverTime: 'drawn over time',
  clearCurveOf: (name: string) => `Clear the curve of ${name}`,
  clear: 'Clear',
  inPercent: (name: string) => `${name} in percent`,
  inSemitones: (name: string) => `${name} in semitones`,
  percent: (value: number) => `${value} percent`,
  semitones: (value: number) => `${value} semitones`,

  // TemperatureRow, and what it stands for
  temperature: 'Temp.',
  temperatureSpoken: 'Temperature',
  highBand: 'Air',
  keepsHighBand: 'from the recording',
  aboveLimit: (kilohertz: number) => `, above ${kilohertz} kHz`,
  sampleBySample: (kilohertz: number) =>
    `Sings sample by sample, up to ${kilohertz} kHz: no blend, emotion, formant or strength.`,

  playedSampleBySample: (kilohertz: number) =>
    `Experimental: played sample by sample, up to ${kilohertz} kHz. The melody may be lost; what was kept is measured.`,
  keepsItsPitch: 'This instrument was not told pitch: it plays what it hears, and key and notes can’t be moved.',

  // ConvertBar
  estimateTakes: (time: string) => `about ${time} on this machine`,
  estimating: 'finding out how long it takes',

  // AgreementFigures
  melodyKept: 'melody within 50 cents',
  melodyDistance: 'melody off by',
  onsetsKept: 'beginnings found',
  onsetsOf: (found: number, count: number) => `${found} of ${count}`,
  onsetsPlayed: (count: number) => `${count} played`,

  // RendererRow
  renderer: 'Renderer',
  filterRenderer: 'Filter',
  rendererOption: (name: string, seconds: string | null) =>
    seconds === null ? name : `${name} · ${seconds} s for 1 s here`,
  rendererFacts: (redrawsVoice: boolean, bandLimitHz: number | null) =>
    `${redrawsVoice ? 'Makes the voice anew: for pitch that is drawn.' : 'Keeps the recording and filters it.'} Sounds up to ${bandLimitHz === null ? 'half the song’s rate' : `${bandLimitHz / 1000} kHz`}.`,

  // VoiceRows
  formant: 'Formant',
  likeness: 'Likeness',
  likenessSpoken: 'Likeness, from content to person',
  content: 'content',
  person: 'person',
  strength: 'Strength',
  delivery: 'Delivery',
  sung: 'Sung',
  spoken: 'Spoken',
}
